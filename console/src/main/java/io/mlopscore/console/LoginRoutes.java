package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.auth.AttemptLimit;
import io.mlopscore.tracking.auth.Authenticator;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Sessions;
import io.mlopscore.tracking.http.Audit;
import io.mlopscore.tracking.http.Login;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Logs browsers in and out: `/login` and `/logout`.
public final class LoginRoutes implements HttpService {
  /// Of somebody whom nobody knows yet.
  private static final int LARGEST_FORM = 16_384;

  private final String root;
  private final Authenticator authenticator;
  private final Sessions sessions;
  private final AttemptLimit limit;
  private final Audit audit;
  private final boolean byPassword;
  private final boolean byProvider;
  private final Templates templates = new Templates();

  /// @param root what stands before every path: `--static-prefix`, or the empty text
  /// @param byPassword whether users have passwords here
  /// @param byProvider whether an identity provider knows them
  public LoginRoutes(
      String root,
      Authenticator authenticator,
      Sessions sessions,
      AttemptLimit limit,
      Audit audit,
      boolean byPassword,
      boolean byProvider) {
    this.root = root;
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.limit = limit;
    this.audit = audit;
    this.byPassword = byPassword;
    this.byProvider = byProvider;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/login", (request, response) -> show(request, response, Status.OK_200, ""));
    rules.post("/login", this::logIn);
    rules.post("/logout", this::logOut);
  }

  private void show(ServerRequest request, ServerResponse response, Status status, String problem) {
    show(request, response, status, problem, local(request, next(request)));
  }

  private static String next(ServerRequest request) {
    return request.query().first("next").orElse("");
  }

  private void show(
      ServerRequest request, ServerResponse response, Status status, String problem, String next) {
    var links = Links.of(request, root);
    var href = links.login() + "/oidc" + Links.query(List.of(new Field("next", next)));
    var page = new LoginPage(problem, next, byPassword, byProvider, href);
    ConsoleRoutes.send(response, status, templates.render(page, new Frame(links, "", false)));
  }

  private void logIn(ServerRequest request, ServerResponse response) throws IOException {
    var form = Form.beginning(request, LARGEST_FORM);
    var next = local(request, form.text("next"));
    var address = audit.callers().address(request);
    if (limit.wait(address) > 0) {
      response.headers().set(HeaderNames.RETRY_AFTER, String.valueOf(limit.wait(address)));
      var problem = "Too many wrong passwords from your address; wait a little.";
      show(request, response, Status.TOO_MANY_REQUESTS_429, problem, next);
      return;
    }
    var caller = byPassword ? caller(form) : Optional.<Caller>empty();
    if (caller.isEmpty()) {
      limit.failed(address);
      show(request, response, Status.UNAUTHORIZED_401, "Name or password is wrong.", next);
      return;
    }
    begin(request, response, caller.get(), next);
  }

  private Optional<Caller> caller(Form form) {
    return authenticator.byPassword(form.text("username"), form.text("password"));
  }

  /// Begins a session and goes on to a page.
  ///
  /// @param next of this server
  public void begin(ServerRequest request, ServerResponse response, Caller caller, String next) {
    request.context().register(caller);
    audit.tell(request, "login", Map.of(), 303);
    var cookie =
        cookie(request, sessions.open(caller.user().name())).maxAge(sessions.length()).build();
    response.headers().add(HeaderNames.SET_COOKIE, cookie.text());
    Answers.goTo(response, local(request, next));
  }

  private SetCookie.Builder cookie(ServerRequest request, String value) {
    return SetCookie.builder(Login.COOKIE, value)
        .path("/")
        .httpOnly(true)
        .sameSite(SetCookie.SameSite.LAX)
        .secure(audit.callers().isHttps(request));
  }

  private void logOut(ServerRequest request, ServerResponse response) {
    Login.cookie(request, Login.COOKIE).ifPresent(sessions::close);
    audit.tell(request, "logout", Map.of(), 303);
    var gone = cookie(request, "").maxAge(java.time.Duration.ZERO).build();
    response.headers().add(HeaderNames.SET_COOKIE, gone.text());
    Answers.goTo(response, Links.of(request, root).login());
  }

  /// A path of this server; never another one's.
  private String local(ServerRequest request, String path) {
    return path.matches("/(?![/\\\\])[\\x21-\\x7e]*") && !path.contains("\\")
        ? path
        : Links.of(request, root).index();
  }
}
