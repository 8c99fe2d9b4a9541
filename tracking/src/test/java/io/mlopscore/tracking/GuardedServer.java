package io.mlopscore.tracking;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.auth.AttemptLimit;
import io.mlopscore.tracking.auth.AuditLog;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.PasswordHash;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.auth.Sessions;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.http.Audit;
import io.mlopscore.tracking.http.Callers;
import io.mlopscore.tracking.http.EventRoutes;
import io.mlopscore.tracking.http.Guard;
import io.mlopscore.tracking.http.HostCheck;
import io.mlopscore.tracking.http.Login;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.TrustedProxies;
import io.mlopscore.tracking.http.UserRoutes;
import io.mlopscore.tracking.sql.SqlUsers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

/// A server with users, on a free port: an admin `root`, and `ada` and `bob` who are nobody yet.
/// Everybody's password is their name, twelve times over.
final class GuardedServer implements AutoCloseable {
  static final int MOST_FAILURES = 5;

  final SqlUsers users;
  final Path audit;
  final ChangeLog changes = new ChangeLog("log", 100, 1 << 20, Duration.ofMinutes(1));
  private final Tracking tracking;
  private final AuditLog log;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  GuardedServer(Path folder, Permission everybody) throws IOException {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    users = SqlUsers.open(new io.mlopscore.tracking.sql.Sqlite(folder.resolve("basic_auth.db")));
    users.create("root", PasswordHash.of(password("root")), true);
    users.create("ada", PasswordHash.of(password("ada")), false);
    users.create("bob", PasswordHash.of(password("bob")), false);
    audit = folder.resolve("audit.log");
    log = AuditLog.open(audit, Clock.systemUTC());
    var told = new Audit(log, new Callers(TrustedProxies.parse("")));
    var clock = Clock.systemUTC();
    var passwords = new Passwords(users, clock, Duration.ofMinutes(1), 100);
    var login =
        new Login(
            new Authenticator(
                users,
                passwords,
                users.tokens(),
                new Sessions(users.sessions(), clock, Duration.ofHours(1)),
                null,
                everybody,
                clock),
            new AttemptLimit(MOST_FAILURES, Duration.ofHours(1), clock),
            told.callers(),
            "");
    server =
        FreePort.serve(
            HttpRouting.builder()
                .addFilter(new HostCheck())
                .addFilter(login)
                .register(
                    new UserRoutes(users, passwords, everybody, told),
                    new EventRoutes(changes, tracking, login),
                    new TrackingRoutes(tracking, new Guard(tracking, users, told))));
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  static String password(String name) {
    return name.repeat(12);
  }

  /// @param who a name, a token, or empty for nobody
  HttpResponse<String> send(String who, String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (who.startsWith("mlops_")) {
      request.header("Authorization", "Bearer " + who);
    } else if (!who.isEmpty()) {
      request.header("Authorization", basic(who, password(who)));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// All events since the first, as a stream that goes on.
  BufferedReader events(String who) throws Exception {
    var uri = URI.create(address() + EventRoutes.PATH);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", basic(who, password(who)))
            .header("Last-Event-ID", changes.id() + "-0");
    var stream = client.send(request.build(), BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  HttpResponse<String> withHeader(String path, String header) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", header)
            .build(),
        BodyHandlers.ofString());
  }

  static String basic(String name, String password) {
    var pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  HttpResponse<String> post(String who, String call, String body) throws Exception {
    return send(who, "POST", "/api/2.0/mlflow/" + call, body.replace('\'', '"'));
  }

  HttpResponse<String> get(String who, String call) throws Exception {
    return send(who, "GET", "/api/2.0/mlflow/" + call, "");
  }

  Tracking tracking() {
    return tracking;
  }

  void breakTheLog() {
    log.close();
  }

  @Override
  public void close() {
    changes.close();
    server.stop();
    users.close();
    log.close();
    tracking.close();
  }
}
