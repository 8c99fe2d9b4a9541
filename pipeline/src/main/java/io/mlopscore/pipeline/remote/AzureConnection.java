package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.PipelineException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where an account of Azure is and what opens it: from the options of a remote, a connection
/// string, or the environment (`AZURE_STORAGE_CONNECTION_STRING`, `_ACCOUNT`, `_KEY`,
/// `_SAS_TOKEN`).
record AzureConnection(URI endpoint, String account, Optional<String> key, Optional<String> token) {
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
    if (key.isEmpty() && token.isEmpty() && !options.flag("allow_anonymous_login", false)) {
      throw new PipelineException(
          ("remote '%s': Azure is reached with a shared key or a shared access signature; set"
                  + " account_key, sas_token or connection_string")
              .formatted(options.name()));
    }
    return new AzureConnection(URI.create(endpoint(parts, account)), account, key, token);
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
