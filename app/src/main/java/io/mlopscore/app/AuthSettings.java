package io.mlopscore.app;

import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.http.TrustedProxies;
import io.mlopscore.tracking.oidc.OidcSettings;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.sql.Sqlite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may use the tracking server.
///
/// @param required whether somebody must log in: `--app-name basic-auth` or `oidc`
/// @param allowsAnonymous whether others may reach the server though nobody must log in:
///     `--allow-anonymous`, `MLOPS_ALLOW_ANONYMOUS=true`
/// @param database of users: `database_uri` of the file that `MLFLOW_AUTH_CONFIG_PATH` names;
///     `sqlite:///basic_auth.db`
/// @param everybody what users may do who were granted nothing: `default_permission`; READ
/// @param adminName the first admin: `MLFLOW_AUTH_ADMIN_USERNAME`, `admin_username`; `admin`
/// @param adminPassword of the first admin: `MLFLOW_AUTH_ADMIN_PASSWORD`,
///     `MLFLOW_AUTH_ADMIN_PASSWORD_FILE`, `admin_password`
/// @param remembered how long a password that matched is remembered: `auth_cache_ttl_seconds`;
///     one minute
/// @param mostRemembered how many: `auth_cache_max_size`; 10000
/// @param oidc the identity provider, with `--app-name oidc`
/// @param auditLog where writes are logged: `--audit-log`, `MLOPS_AUDIT_LOG`; `audit.log` beside
///     the database of users if somebody must log in, else nowhere, as with `none`; `-` for the
///     standard output
/// @param proxies whose `X-Forwarded-*` is believed, as address blocks: `TRUSTED_PROXIES`; none
record AuthSettings(
    boolean required,
    boolean allowsAnonymous,
    Dialect database,
    Permission everybody,
    String adminName,
    @Nullable String adminPassword,
    Duration remembered,
    int mostRemembered,
    @Nullable OidcSettings oidc,
    @Nullable Path auditLog,
    TrustedProxies proxies) {
  /// For the audit log: no file, but what a container's engine collects.
  static final Path STREAM = Path.of("-");

  private static final String BASIC = "mlflow.server.auth:authenticate_request_basic_auth";

  /// @param flags by name without dashes
  static AuthSettings read(Path directory, Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var app = flags.getOrDefault("app-name", "");
    if (!app.isEmpty() && !app.equals("basic-auth") && !app.equals("oidc")) {
      throw new IOException("--app-name '" + app + "' must be basic-auth or oidc");
    }
    var file = AuthFile.read(env.get("MLFLOW_AUTH_CONFIG_PATH"), directory);
    requireBasic(file);
    var database = database(file, directory, env);
    return new AuthSettings(
        !app.isEmpty(),
        allowsAnonymous(flags, env),
        database,
        everybody(file),
        env.getOrDefault("MLFLOW_AUTH_ADMIN_USERNAME", file.text("admin_username", "admin")),
        adminPassword(env).orElse(file.text("admin_password", "")),
        Duration.ofSeconds(file.whole("auth_cache_ttl_seconds", 60)),
        file.whole("auth_cache_max_size", 10_000),
        app.equals("oidc") ? OidcSettings.read(env) : null,
        auditLog(directory, flags, env, app.isEmpty() ? null : database),
        proxies(env));
  }

  private static boolean allowsAnonymous(Map<String, String> flags, Map<String, String> env) {
    return flags.containsKey("allow-anonymous")
        || env.getOrDefault("MLOPS_ALLOW_ANONYMOUS", "").equals("true");
  }

  /// @param host that the server will listen on
  /// @throws IOException if others could reach it and nobody must log in
  void requireSafe(String host) throws IOException {
    if (!required && !allowsAnonymous && !isLoopback(host)) {
      throw new IOException(
          "--host "
              + host
              + " lets others reach this server, and nobody has to log in. Add --app-name basic-auth"
              + " or oidc, listen on 127.0.0.1, or say --allow-anonymous"
              + " (MLOPS_ALLOW_ANONYMOUS=true) if something else keeps them away.");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return true; // nothing can listen there, which is said when it is tried
    }
  }

  private static void requireBasic(AuthFile file) throws IOException {
    var function = file.text("authorization_function", BASIC);
    if (!function.equals(BASIC)) {
      throw new IOException(
          file.name()
              + ": authorization_function '"
              + function
              + "' is Python, which is not run here; leave it out");
    }
  }

  private static Optional<String> adminPassword(Map<String, String> env) throws IOException {
    try {
      return Secret.find("MLFLOW_AUTH_ADMIN_PASSWORD", env).map(Secret::text);
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Dialect database(AuthFile file, Path directory, Map<String, String> env)
      throws IOException {
    try {
      return DatabaseUri.read(
          file.secret("database_uri", "sqlite:///basic_auth.db"), directory, env);
    } catch (TrackingException e) {
      throw new IOException(file.name() + ": database_uri: " + e.getMessage(), e);
    }
  }

  private static Permission everybody(AuthFile file) throws IOException {
    try {
      return Permission.of(file.text("default_permission", "READ"));
    } catch (TrackingException e) {
      throw new IOException(file.name() + ": default_permission: " + e.getMessage(), e);
    }
  }

  /// Where writes are logged; [#STREAM] for the process's own output.
  ///
  /// @param users their database, beside which it is if nothing is said; null if there is none
  static @Nullable Path auditLog(
      Path directory, Map<String, String> flags, Map<String, String> env, @Nullable Dialect users) {
    var named = flags.getOrDefault("audit-log", env.getOrDefault("MLOPS_AUDIT_LOG", ""));
    if (named.equals("none")) {
      return null;
    }
    if (!named.isEmpty()) {
      return named.equals("-") ? STREAM : directory.resolve(named);
    }
    if (users == null) {
      return null;
    }
    return users instanceof Sqlite(var file)
        ? file.toAbsolutePath().resolveSibling("audit.log")
        : directory.resolve("audit.log");
  }

  private static TrustedProxies proxies(Map<String, String> env) throws IOException {
    try {
      return TrustedProxies.parse(env.getOrDefault("TRUSTED_PROXIES", ""));
    } catch (IllegalArgumentException e) {
      throw new IOException("TRUSTED_PROXIES: " + e.getMessage(), e);
    }
  }
}
