package io.mlopscore.tracking.sql;

import com.zaxxer.hikari.util.Credentials;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the database URIs that MLflow takes, which are SQLAlchemy's
/// (https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls).
public final class DatabaseUri {
  private static final Pattern SQLITE = Pattern.compile("sqlite(?:\\+\\w+)?:///([^?]+)(?:\\?.*)?");
  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "postgres(?:ql)?(?:\\+\\w+)?://"
              + "(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?"
              + "(?:\\[(?<ipv6>[^/?\\]]+)\\]|(?<host>[^/:?]*))"
              + "(?::(?<port>\\d*))?"
              + "/(?<database>[^?]+)"
              + "(?:\\?(?<query>.*))?");

  /// The driver's names of libpq's parameters, where they differ.
  private static final Map<String, String> RENAMED =
      Map.of("application_name", "ApplicationName", "connect_timeout", "connectTimeout");

  private static final String POOL_SIZE = "MLFLOW_SQLALCHEMYSTORE_POOL_SIZE";
  private static final int CONNECTIONS = 10;
  private static final int POSTGRESQL_PORT = 5432;

  private DatabaseUri() {}

  /// Whether a URI names a database, and not a server or a folder.
  public static boolean isDatabase(String uri) {
    return uri.startsWith("sqlite") || uri.startsWith("postgres");
  }

  /// Reads a URI whose user and password may change: each new connection has those of its time.
  ///
  /// @param directory as of the other method
  /// @param env as of the other method
  public static Dialect read(Secret uri, Path directory, Map<String, String> env) {
    var dialect = read(uri.text(), directory, env);
    return dialect instanceof PostgreSql server
        ? server.withLogin(() -> login(uri.text(), server))
        : dialect;
  }

  private static Credentials login(String uri, PostgreSql server) {
    if (read(uri, Path.of(""), Map.of()) instanceof PostgreSql now
        && now.place().equals(server.place())) {
      return now.credentials();
    }
    throw refused("The database URI names another database than at the start; start again.");
  }

  /// @param directory what a relative path of a SQLite file is relative to
  /// @param env for `MLFLOW_SQLALCHEMYSTORE_POOL_SIZE`, the most connections to a server
  /// @throws TrackingException saying what a URI may be
  public static Dialect read(String uri, Path directory, Map<String, String> env) {
    var sqlite = SQLITE.matcher(uri);
    if (sqlite.matches()) {
      return new Sqlite(directory.resolve(sqlite.group(1)));
    }
    var server = POSTGRESQL.matcher(uri);
    if (!server.matches()) {
      throw refused(
          "'"
              + uri.replaceFirst(":[^:/@]*@", ":***@")
              + "' is no database known here; use sqlite:///file.db, sqlite:////folder/file.db or"
              + " postgresql://user:password@host:5432/database. A folder mlruns is brought into one"
              + " with `mlops server import`.");
    }
    var parameters = parameters(server.group("query"));
    put(parameters, "user", server.group("user"));
    put(parameters, "password", server.group("password"));
    var host = server.group("ipv6") == null ? server.group("host") : server.group("ipv6");
    var port = server.group("port");
    return new PostgreSql(
        host(parameters.remove("host"), host),
        port(parameters.remove("port"), port),
        server.group("database"),
        parameters,
        connections(env),
        Optional.empty());
  }

  private static void put(
      Map<String, String> parameters, String name, @Nullable String percentEncoded) {
    if (percentEncoded != null) {
      parameters.put(name, decode(percentEncoded.replace("+", "%2B")));
    }
  }

  private static Map<String, String> parameters(@Nullable String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : query == null ? new String[0] : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        var name = decode(pair.substring(0, equals));
        parameters.put(RENAMED.getOrDefault(name, name), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The database URI holds a '%' that is not followed by two hexadecimal digits;"
              + " write %25 for a percent sign.",
          e);
    }
  }

  private static String host(@Nullable String ofQuery, String ofUri) {
    if (ofQuery == null) {
      return ofUri.isEmpty() ? "localhost" : ofUri;
    }
    if (ofQuery.startsWith("/")) {
      throw refused(
          "The database URI names the Unix socket "
              + ofQuery
              + ", which cannot be used here; name a host.");
    }
    return ofQuery;
  }

  private static int port(@Nullable String ofQuery, @Nullable String ofUri) {
    var port = ofQuery == null ? ofUri : ofQuery;
    return port == null || port.isEmpty()
        ? POSTGRESQL_PORT
        : number("the port of the database URI", port);
  }

  private static int connections(Map<String, String> env) {
    var size = env.getOrDefault(POOL_SIZE, "");
    return size.isBlank() ? CONNECTIONS : number(POOL_SIZE, size.strip());
  }

  private static int number(String what, String text) {
    try {
      var number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw refused(what + " '" + text + "' must be a number above 0.");
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
