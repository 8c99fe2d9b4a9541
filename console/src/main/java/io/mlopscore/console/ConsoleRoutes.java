package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.http.Head;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.UserRoutes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The console: which page is where. Register it beside the tracking API, by whose calls it reads
/// and changes everything.
public final class ConsoleRoutes implements HttpService {
  private final TrackingRoutes api;
  private final @Nullable UserRoutes users;
  private final Answers answers;
  private final Times times;
  private final String root;

  /// @param users null on a server that knows no users
  /// @param clock tells how long ago things happened
  /// @param root what stands before every path: `--static-prefix`, or the empty text
  public ConsoleRoutes(TrackingRoutes api, @Nullable UserRoutes users, Clock clock, String root) {
    this.api = api;
    this.users = users;
    times = new Times(clock);
    this.root = root;
    answers = new Answers(root, users != null);
  }

  /// What a page shows.
  private interface Reading {
    Page read(Visit visit) throws IOException;
  }

  /// What is sent as it is.
  private interface Sending {
    void send(Visit visit, ServerResponse response) throws IOException;
  }

  @Override
  public void routing(HttpRules rules) {
    page(rules, "/", visit -> new IndexReading(visit).page());
    page(rules, "/experiments/{id}", visit -> new ExperimentReading(visit).page());
    page(rules, "/experiments/{id}/delete", visit -> new Confirmations(visit).deleteExperiment());
    page(rules, "/experiments/{id}/traces", visit -> new TracesReading(visit).page());
    page(rules, "/experiments/{experiment}/runs/{id}", visit -> new RunReading(visit).page());
    page(rules, "/runs/delete", visit -> new Confirmations(visit).deleteRuns());
    page(rules, "/runs/{id}", visit -> new RunReading(visit).page());
    page(rules, "/compare", visit -> new CompareReading(visit).page());
    page(rules, "/traces/{id}", visit -> new TraceReading(visit).page());
    registry(rules);
    files(rules, "/runs/{id}", ConsoleRoutes::ofRun);
    files(rules, "/logged-models/{id}", ConsoleRoutes::ofModel);
    files(rules, "/models/{name}/versions/{version}", ConsoleRoutes::ofVersion);
    for (var changes : List.of(new RunChanges(), new ExperimentChanges(), new ModelChanges())) {
      changes(rules, changes);
    }
    if (users != null) {
      users(rules, users);
    }
    for (var asset : Asset.values()) {
      get(rules, asset.path(), (_, response) -> asset.send(response));
    }
  }

  private void registry(HttpRules rules) {
    page(rules, "/models", visit -> new ModelsReading(visit, false).page());
    page(rules, "/prompts", visit -> new ModelsReading(visit, true).page());
    page(rules, "/models/{name}", visit -> new ModelReading(visit).page());
    page(rules, "/models/{name}/promote", visit -> new Confirmations(visit).promote());
    page(rules, "/models/{name}/delete", visit -> new Confirmations(visit).deleteModel());
    var version = "/models/{name}/versions/{version}";
    page(rules, version, visit -> new VersionReading(visit).page());
    page(rules, version + "/delete", visit -> new Confirmations(visit).deleteVersion());
    page(rules, version + "/stage", visit -> new StageConfirmation(visit).page());
  }

  private void users(HttpRules rules, UserRoutes known) {
    admins(rules, "/users", visit -> new UserReading(visit, known).all());
    admins(rules, "/users/{name}", visit -> new UserReading(visit, known).one());
    admins(rules, "/users/{name}/delete", visit -> new Confirmations(visit).deleteUser());
    changes(rules, new UserChanges(known));
  }

  private Visit visit(ServerRequest request) {
    return new Visit(request, api.within(request), Links.of(request, root), times);
  }

  private void page(HttpRules rules, String path, Reading reading) {
    get(
        rules,
        path,
        answers.guarded(
            (request, response) -> {
              var page = reading.read(visit(request));
              answers.send(request, response, answers.status(page), page);
            }));
  }

  private void admins(HttpRules rules, String path, Reading reading) {
    page(
        rules,
        path,
        visit -> {
          Answers.requireAdmin(visit.request().context().get(Caller.class));
          return reading.read(visit);
        });
  }

  private void changes(HttpRules rules, Changes changes) {
    changes
        .table()
        .forEach(
            (path, change) ->
                rules.post(
                    path,
                    answers.guarded(
                        (request, response) -> {
                          Answers.requireSameOrigin(request);
                          var place = change.make(visit(request), Form.of(request));
                          Answers.goTo(response, place);
                        })));
  }

  private interface Rooted {
    FileRoot of(ArtifactFiles files, Visit visit);
  }

  private static FileRoot ofRun(ArtifactFiles files, Visit visit) {
    return files.of(visit.store().run(visit.path("id")));
  }

  private static FileRoot ofModel(ArtifactFiles files, Visit visit) {
    return files.of(visit.store().loggedModel(visit.path("id")));
  }

  private static FileRoot ofVersion(ArtifactFiles files, Visit visit) {
    return files.ofVersion(visit.path("name"), VersionReading.number(visit));
  }

  private void files(HttpRules rules, String base, Rooted rooted) {
    page(
        rules,
        base + "/files/{+path}",
        visit -> {
          var files = new ArtifactFiles(visit);
          return files.page(rooted.of(files, visit), visit.path("path"));
        });
    file(
        rules,
        base + "/artifacts/{+path}",
        (visit, response) -> {
          var files = new ArtifactFiles(visit);
          var saved = visit.request().query().contains("download");
          files.send(rooted.of(files, visit), visit.path("path"), saved, response);
        });
  }

  private void file(HttpRules rules, String path, Sending sending) {
    get(
        rules,
        path,
        answers.guarded((request, response) -> sending.send(visit(request), response)));
  }

  /// Who only looks whether the console is there asks by HEAD.
  private static void get(HttpRules rules, String path, Handler handler) {
    rules.get(path, handler);
    rules.head(
        path,
        (request, response) -> {
          Head.leaveOutBody(request, response);
          handler.handle(request, response);
        });
  }

  static void send(ServerResponse response, Status status, String html) {
    response.status(status);
    Asset.harden(response);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(html);
  }
}
