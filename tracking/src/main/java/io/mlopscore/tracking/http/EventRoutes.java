package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.events.Change;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.events.ExperimentOfRun;
import io.mlopscore.tracking.events.Interest;
import io.mlopscore.tracking.observability.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `GET /api/mlops/v1/events`: what changes, as server-sent events
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html). Ours, beside MLflow's API.
///
/// Each stream is a virtual thread that reads the [ChangeLog]; when its client has gone, the next
/// write to it fails, at the latest that of the heartbeat, and nothing of it is left.
public final class EventRoutes implements HttpService {
  public static final String PATH = "/api/mlops/v1/events";

  /// The types of events; `docs/reference/events.md` tells their data.
  public static final List<String> TYPES =
      List.of(
          EventStream.MISSED,
          "run.created",
          "run.updated",
          "run.moved",
          "run.metrics",
          "run.params",
          "run.tags",
          "run.inputs",
          "run.output",
          "registered_model.created",
          "registered_model.updated",
          "registered_model.renamed",
          "registered_model.deleted",
          "registered_model_tag.set",
          "registered_model_tag.deleted",
          "model_version.created",
          "model_version.updated",
          "model_version.deleted",
          "model_version.stage",
          "model_version_tag.set",
          "model_version_tag.deleted",
          "model_version_alias.created",
          "model_version_alias.deleted");

  private static final int MOST_STREAMS = 2000;

  private final ChangeLog changes;
  private final ExperimentOfRun experimentOf;
  private final Needs needs;
  private final @Nullable Login login;
  private final Semaphore streams = new Semaphore(MOST_STREAMS);

  /// @param login who says what a reader may hear; null where everybody may hear everything
  public EventRoutes(ChangeLog changes, Tracking tracking, @Nullable Login login) {
    this.changes = changes;
    experimentOf = new ExperimentOfRun(tracking.store());
    needs = new Needs(tracking);
    this.login = login;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(PATH, this::stream);
  }

  private void stream(ServerRequest request, ServerResponse response) {
    Exchange.name("events");
    Exchange.isStream();
    if (!streams.tryAcquire()) {
      refuse(response);
      return;
    }
    try {
      write(request, response);
    } catch (IOException | UncheckedIOException _) {
      // the client has gone, which is how every stream ends
    } catch (TrackingException _) {
      // nobody can say who it is, or what it may hear: it comes back, and is told
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      streams.release();
    }
  }

  private void write(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.headers().set(HeaderNames.create("X-Accel-Buffering"), "no");
    var resume = request.headers().first(HeaderNames.create("Last-Event-ID")).orElse("");
    try (var out = response.outputStream()) {
      new EventStream(changes, interest(request), () -> permitted(request), out).run(resume);
    }
  }

  private Interest interest(ServerRequest request) {
    var query = request.query();
    if (query.contains("run_id")) {
      return new Interest.OfRun(query.get("run_id"));
    }
    if (query.contains("experiment_id")) {
      return new Interest.OfExperiment(query.get("experiment_id"), experimentOf);
    }
    if (query.contains("registry")) {
      return new Interest.OfRegistry(query.first("registry").orElse(""));
    }
    return new Interest.Everything();
  }

  private Optional<Predicate<Change>> permitted(ServerRequest request) {
    return login == null
        ? Optional.of(_ -> true)
        : login.caller(request).map(caller -> new ReadableChanges(caller, needs, experimentOf));
  }

  private static void refuse(ServerResponse response) {
    var code = ErrorCode.REQUEST_LIMIT_EXCEEDED;
    response.status(Status.create(code.httpStatus()));
    response.headers().set(HeaderNames.RETRY_AFTER, "10");
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(
        Messages.empty()
            .put("error_code", code.name())
            .put("message", MOST_STREAMS + " event streams are open already; try again later.")
            .toString());
  }
}
