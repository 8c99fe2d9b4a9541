package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;

/// The console: pages that only read. Register it beside the tracking API, on the same port.
public final class ConsoleRoutes implements HttpService {
  private static final System.Logger LOG = System.getLogger(ConsoleRoutes.class.getName());

  private final Pages pages;
  private final ArtifactFiles files;
  private final Templates templates = new Templates();

  /// @param clock tells how long ago things happened
  public ConsoleRoutes(Tracking tracking, Clock clock) {
    files = new ArtifactFiles(tracking);
    pages = new Pages(tracking, files, new Times(clock));
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", page(request -> pages.index(Reader.of(request))));
    rules.get("/experiments/{id}", page(request -> experiment(request)));
    rules.get("/experiments/{experiment}/runs/{id}", page(request -> run(request)));
    rules.get("/runs/{id}", page(request -> run(request)));
    rules.get("/models/{name}", page(request -> pages.model(variable(request, "name"))));
    rules.get("/runs/{id}/artifacts/{+path}", guarded(this::runFile));
    rules.get("/logged-models/{id}/artifacts/{+path}", guarded(this::modelFile));
    for (var asset : Asset.values()) {
      rules.get(asset.path(), (_, response) -> asset.send(response));
    }
  }

  private Page experiment(ServerRequest request) {
    var order =
        new RunOrder(
            request.query().first("sort").orElse("start"),
            request.query().first("order").orElse("desc").equals("desc"));
    return pages.experiment(variable(request, "id"), order);
  }

  private Page run(ServerRequest request) throws IOException {
    return pages.run(variable(request, "id"));
  }

  private void runFile(ServerRequest request, ServerResponse response) throws IOException {
    files.sendRunFile(variable(request, "id"), variable(request, "path"), response);
  }

  private void modelFile(ServerRequest request, ServerResponse response) throws IOException {
    files.sendModelFile(variable(request, "id"), variable(request, "path"), response);
  }

  private static String variable(ServerRequest request, String name) {
    return request.path().pathParameters().get(name);
  }

  /// What a route shows.
  private interface Reading {
    Page read(ServerRequest request) throws IOException;
  }

  /// What a route does.
  private interface Answering {
    void answer(ServerRequest request, ServerResponse response) throws IOException;
  }

  private Handler page(Reading reading) {
    return guarded(
        (request, response) ->
            send(
                response,
                Status.OK_200,
                templates.render(reading.read(request), Reader.of(request).name())));
  }

  /// Every failure is a page that says what happened; what only we can mend is logged too.
  private Handler guarded(Answering answering) {
    return (request, response) -> {
      try {
        answering.answer(request, response);
      } catch (TrackingException e) {
        fail(response, e.code(), String.valueOf(e.getMessage()));
      } catch (NoSuchFileException e) {
        fail(response, ErrorCode.RESOURCE_DOES_NOT_EXIST, "There is no such file.");
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, request.path().path(), e);
        fail(response, ErrorCode.INTERNAL_ERROR, "The server's log says why.");
      }
    };
  }

  private void fail(ServerResponse response, ErrorCode code, String message) {
    var status = Status.create(code.httpStatus());
    var title = status.reasonPhrase().isEmpty() ? code.name() : status.reasonPhrase();
    send(response, status, templates.render(new ErrorPage(title, message), ""));
  }

  static void send(ServerResponse response, Status status, String html) {
    response.status(status);
    Asset.harden(response);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(html);
  }
}
