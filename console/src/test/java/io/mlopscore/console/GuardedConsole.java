package io.mlopscore.console;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.AttemptLimit;
import io.mlopscore.tracking.auth.AuditLog;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.PasswordHash;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.Sessions;
import io.mlopscore.tracking.http.Audit;
import io.mlopscore.tracking.http.Callers;
import io.mlopscore.tracking.http.Guard;
import io.mlopscore.tracking.http.Login;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.TrustedProxies;
import io.mlopscore.tracking.http.UserRoutes;
import io.mlopscore.tracking.sql.SqlUsers;
import io.mlopscore.tracking.sql.Sqlite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/// A console with users: the admin root, and ada, who was granted nothing.
final class GuardedConsole implements AutoCloseable {
  final Tracking tracking;
  final SqlUsers users;
  final Path audit;
  private final AuditLog log;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  GuardedConsole(Path folder) throws IOException {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    users = SqlUsers.open(new Sqlite(folder.resolve("basic_auth.db")));
    users.create("root", PasswordHash.of(password("root")), true);
    users.create("ada", PasswordHash.of(password("ada")), false);
    audit = folder.resolve("audit.log");
    log = AuditLog.open(audit, Clock.systemUTC());
    var told = new Audit(log, new Callers(TrustedProxies.parse("")));
    var clock = Clock.systemUTC();
    var passwords = new Passwords(users, clock, Duration.ofMinutes(1), 100);
    var nobody = Permission.NO_PERMISSIONS;
    var authenticator =
        new Authenticator(
            users,
            passwords,
            users.tokens(),
            new Sessions(users.sessions(), clock, Duration.ofHours(1)),
            null,
            nobody,
            clock);
    var limit = new AttemptLimit(10, Duration.ofHours(1), clock);
    var login = new Login(authenticator, limit, told.callers(), "");
    var userRoutes = new UserRoutes(users, passwords, nobody, told);
    var api = new TrackingRoutes(tracking, new Guard(tracking, users, told));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .addRouting(
                HttpRouting.builder()
                    .addFilter(login)
                    .register(new ConsoleRoutes(api, userRoutes, clock, "")))
            .build()
            .start();
  }

  static String password(String name) {
    return name.repeat(12);
  }

  HttpResponse<String> get(String who, String path) throws IOException, InterruptedException {
    return send(who, request(path).GET());
  }

  /// Asks through a proxy that took a part off the front of the path.
  HttpResponse<String> getBehind(String prefix, String path)
      throws IOException, InterruptedException {
    return send("", request(path).header("X-Forwarded-Prefix", prefix).GET());
  }

  HttpResponse<String> post(String who, String path, String form)
      throws IOException, InterruptedException {
    return send(
        who,
        request(path).header("Sec-Fetch-Site", "same-origin").POST(BodyPublishers.ofString(form)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(String who, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!who.isEmpty()) {
      var pair = (who + ":" + password(who)).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    request.header("Accept", "text/html");
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop();
    users.close();
    log.close();
    tracking.close();
  }
}
