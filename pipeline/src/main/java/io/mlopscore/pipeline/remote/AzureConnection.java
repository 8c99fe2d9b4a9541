package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.storage.AzureOptions.Principal;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where an account of Azure is and what opens it: from the options of a remote, a connection
/// string, or the environment (`AZURE_STORAGE_CONNECTION_STRING`, `_ACCOUNT`, `_KEY`,
/// `_SAS_TOKEN`; `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`).
record AzureConnection(
    URI endpoint,
    String account,
    Optional<String> key,
    Optional<String> token,
    Optional<Principal> principal) {
  private static final String AUTHORITY = "https://login.microsoftonline.com";

  static AzureConnection of(RemoteOptions options, Map<String, String> environment) {
    var parts =
        parts(
            options
                .text("connection_string")
                .orElse(environment.getOrDefault("AZURE_STORAGE_CONNECTION_STRING", "")));
    var account =
        options
            .text("account_name")
            .or(() -> Optional.ofNullable(parts.get("AccountName")))
            .or(() -> Optional.ofNullable(environment.get("AZURE_STORAGE_ACCOUNT")))
            .orElseThrow(
                () ->
                    new PipelineException(
                        "remote '%s': set account_name or connection_string"
                            .formatted(options.name())));
    var key =
        options
            .text("account_key")
            .or(() -> Optional.ofNullable(parts.get("AccountKey")))
            .or(() -> Optional.ofNullable(environment.get("AZURE_STORAGE_KEY")));
    var token =
        options
            .text("sas_token")
            .or(() -> Optional.ofNullable(parts.get("SharedAccessSignature")))
            .or(() -> Optional.ofNullable(environment.get("AZURE_STORAGE_SAS_TOKEN")));
    boolean anonymous = options.flag("allow_anonymous_login", false);
    var principal =
        key.isPresent() || token.isPresent() || anonymous
            ? Optional.<Principal>empty()
            : Optional.of(principal(options, environment));
    return new AzureConnection(
        URI.create(endpoint(parts, account)), account, key, token, principal);
  }

  private static Principal principal(RemoteOptions options, Map<String, String> environment) {
    var from =
        options.flag("exclude_environment_credential", false)
            ? Map.<String, String>of()
            : environment;
    return new Principal(
        URI.create(environment.getOrDefault("AZURE_AUTHORITY_HOST", AUTHORITY)),
        credential("tenant_id", options, from),
        credential("client_id", options, from),
        credential("client_secret", options, from));
  }

  private static String credential(
      String key, RemoteOptions options, Map<String, String> environment) {
    var variable = "AZURE_" + key.toUpperCase(Locale.ROOT);
    return options
        .text(key)
        .or(() -> Optional.ofNullable(environment.get(variable)))
        .orElseThrow(
            () ->
                new PipelineException(
                    ("remote '%s': Azure is reached with a shared key, a shared access signature or"
                            + " a service principal; set account_key, sas_token, connection_string,"
                            + " or tenant_id, client_id and client_secret (%s is missing)")
                        .formatted(options.name(), key)));
  }

  private static String endpoint(Map<String, String> parts, String account) {
    return parts.getOrDefault(
        "BlobEndpoint",
        "%s://%s.blob.%s"
            .formatted(
                parts.getOrDefault("DefaultEndpointsProtocol", "https"),
                account,
                parts.getOrDefault("EndpointSuffix", "core.windows.net")));
  }

  private static Map<String, String> parts(String connection) {
    var parts = new HashMap<String, String>();
    for (var pair : connection.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parts.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return parts;
  }
}
