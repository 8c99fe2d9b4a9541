package io.mlopscore.tracking.oidc;

import io.mlopscore.tracking.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where users log in.
///
/// @param issuer of the provider, without a slash at its end: `MLOPS_OIDC_ISSUER`
/// @param clientId of this server there: `MLOPS_OIDC_CLIENT_ID`
/// @param clientSecret none for a public client: `MLOPS_OIDC_CLIENT_SECRET`,
///     `MLOPS_OIDC_CLIENT_SECRET_FILE`
/// @param audiences of bearer tokens, separated by commas: `MLOPS_OIDC_AUDIENCE`; the client id
/// @param scopes that are asked for: `MLOPS_OIDC_SCOPES`; `openid profile email`
/// @param usernameClaim what users are called here: `MLOPS_OIDC_USERNAME_CLAIM`;
///     `preferred_username`
/// @param groupsClaim a list of words: `MLOPS_OIDC_GROUPS_CLAIM`; `groups`
/// @param adminGroup whose members are admins; empty if admins are made here:
///     `MLOPS_OIDC_ADMIN_GROUP`
/// @param publicUrl how browsers reach this server, empty for as they say: `MLOPS_PUBLIC_URL`
public record OidcSettings(
    String issuer,
    String clientId,
    Optional<Secret> clientSecret,
    Set<String> audiences,
    String scopes,
    String usernameClaim,
    String groupsClaim,
    String adminGroup,
    String publicUrl) {
  public OidcSettings {
    audiences = Set.copyOf(audiences);
  }

  /// @throws IOException naming the setting that is missing or wrong
  public static OidcSettings read(Map<String, String> env) throws IOException {
    var client = required(env, "MLOPS_OIDC_CLIENT_ID");
    var audiences = new LinkedHashSet<String>();
    Arrays.stream(env.getOrDefault("MLOPS_OIDC_AUDIENCE", client).split(",", -1))
        .map(String::strip)
        .filter(audience -> !audience.isEmpty())
        .forEach(audiences::add);
    return new OidcSettings(
        secure(required(env, "MLOPS_OIDC_ISSUER")),
        client,
        Secret.find("MLOPS_OIDC_CLIENT_SECRET", env),
        audiences,
        env.getOrDefault("MLOPS_OIDC_SCOPES", "openid profile email"),
        env.getOrDefault("MLOPS_OIDC_USERNAME_CLAIM", "preferred_username"),
        env.getOrDefault("MLOPS_OIDC_GROUPS_CLAIM", "groups"),
        env.getOrDefault("MLOPS_OIDC_ADMIN_GROUP", ""),
        withoutSlash(env.getOrDefault("MLOPS_PUBLIC_URL", "")));
  }

  private static String required(Map<String, String> env, String name) throws IOException {
    var value = env.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new IOException("--app-name oidc needs " + name);
    }
    return value;
  }

  /// Whoever could change what the provider says could log in as anybody.
  private static String secure(String issuer) throws IOException {
    try {
      var uri = URI.create(issuer);
      var host = uri.getHost() == null ? "" : uri.getHost();
      var local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      if ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local)) {
        return withoutSlash(issuer);
      }
    } catch (IllegalArgumentException _) {
      // said below, with what it may be
    }
    throw new IOException("MLOPS_OIDC_ISSUER '" + issuer + "' must be an https:// URL");
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /// Without the secret.
  @Override
  public String toString() {
    return issuer + " as " + clientId;
  }
}
