package io.mlopscore.app;

import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.console.LoginRoutes;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.auth.AttemptLimit;
import io.mlopscore.tracking.auth.AuditLog;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Sessions;
import io.mlopscore.tracking.auth.Users;
import io.mlopscore.tracking.http.Audit;
import io.mlopscore.tracking.http.Callers;
import io.mlopscore.tracking.http.Gate;
import io.mlopscore.tracking.http.Guard;
import io.mlopscore.tracking.http.Login;
import io.mlopscore.tracking.http.UserRoutes;
import io.mlopscore.tracking.oidc.OidcProvider;
import io.mlopscore.tracking.oidc.OidcRoutes;
import io.mlopscore.tracking.sql.SqlUsers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What stands before the routes of a tracking server, and its own routes. Without users and an
/// audit log it is nothing at all.
///
/// @param register adds filters and routes, before all others
/// @param login who somebody is; null where nobody is asked
/// @param userRoutes the calls about users; null where there are none
record Authentication(
    Gate gate,
    Consumer<HttpRouting.Builder> register,
    @Nullable Login login,
    @Nullable UserRoutes userRoutes,
    @Nullable Users users,
    @Nullable AuditLog log)
    implements AutoCloseable {
  private static final Duration SESSION = Duration.ofHours(12);
  private static final int MOST_FAILURES = 20;

  /// @param prefix of all paths: `--static-prefix`
  static Authentication start(AuthSettings settings, String prefix, Tracking tracking)
      throws IOException {
    var file = settings.auditLog();
    var log = file == null ? null : auditLog(file);
    var audit = new Audit(log, new Callers(settings.proxies()));
    if (!settings.required()) {
      var gate = log == null ? Gate.OPEN : new Guard(tracking, null, audit);
      return new Authentication(gate, _ -> {}, null, null, null, log);
    }
    var users = SqlUsers.open(settings.database());
    try {
      new FirstAdmin(settings, users).ensure();
      return start(settings, prefix, tracking, users, audit);
    } catch (IOException | RuntimeException e) {
      users.close();
      throw e;
    }
  }

  private static AuditLog auditLog(Path file) throws IOException {
    return file.equals(AuthSettings.STREAM)
        ? AuditLog.to(new FileOutputStream(FileDescriptor.out), Clock.systemUTC())
        : AuditLog.open(file, Clock.systemUTC());
  }

  private static Authentication start(
      AuthSettings settings, String prefix, Tracking tracking, SqlUsers users, Audit audit) {
    var clock = Clock.systemUTC();
    var passwords = new Passwords(users, clock, settings.remembered(), settings.mostRemembered());
    var sessions = new Sessions(users.sessions(), clock, SESSION);
    var limit = new AttemptLimit(MOST_FAILURES, Duration.ofMinutes(1), clock);
    var oidc = settings.oidc() == null ? null : new OidcProvider(settings.oidc());
    var authenticator =
        new Authenticator(
            users, passwords, users.tokens(), sessions, oidc, settings.everybody(), clock);
    var login = new Login(authenticator, limit, audit.callers(), prefix);
    var pages =
        new LoginRoutes(prefix, authenticator, sessions, limit, audit, oidc == null, oidc != null);
    var userRoutes = new UserRoutes(users, passwords, settings.everybody(), audit);
    Consumer<HttpRouting.Builder> register =
        routing -> {
          routing.addFilter(login);
          var root = prefix.isEmpty() ? "/" : prefix;
          routing.register(root, userRoutes, pages);
          if (oidc != null) {
            routing.register(
                root,
                new OidcRoutes(
                    prefix, oidc, authenticator, audit.callers()::isHttps, pages::begin));
          }
        };
    return new Authentication(
        new Guard(tracking, users, audit), register, login, userRoutes, users, audit.log());
  }

  @Override
  public void close() {
    if (users != null) {
      users.close();
    }
    if (log != null) {
      log.close();
    }
  }
}
