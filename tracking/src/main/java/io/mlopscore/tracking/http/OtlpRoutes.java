package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.otlp.OtlpBody;
import io.mlopscore.tracking.otlp.OtlpException;
import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.TraceStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `POST /v1/traces`, where MLflow's clients and any exporter of OpenTelemetry send spans.
///
/// The header `x-mlflow-experiment-id` says where they belong, `x-mlflow-run-id` may name a run.
/// All spans of a request are kept, or none.
public final class OtlpRoutes implements HttpService {
  private static final System.Logger LOG = System.getLogger(OtlpRoutes.class.getName());

  private final TraceStore store;
  private final Gate gate;
  private final MemoryBudget bodies;

  /// @param gate stands before it
  /// @param bodies the memory for what is sent
  OtlpRoutes(TraceStore store, Gate gate, MemoryBudget bodies) {
    this.store = store;
    this.gate = gate;
    this.bodies = bodies;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/v1/traces", this::export);
  }

  private void export(ServerRequest request, ServerResponse response) {
    try {
      gate.carry(request, () -> keep(request));
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/x-protobuf");
      response.send(new byte[0]);
    } catch (OtlpException e) {
      fail(response, e.httpStatus(), Messages.empty().put("detail", e.getMessage()));
    } catch (Gate.PermissionDenied e) {
      response.status(Status.FORBIDDEN_403);
      response.send("Permission denied");
    } catch (TrackingException e) {
      if (e.code().passes()) {
        response.headers().set(HeaderNames.RETRY_AFTER, "1");
      }
      fail(response, e.code().httpStatus(), refusal(e));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "/v1/traces", e);
      fail(response, 500, Messages.empty().put("detail", "Failed to log OpenTelemetry spans"));
    }
  }

  private void keep(ServerRequest request) throws IOException {
    var experiment =
        header(request, "x-mlflow-experiment-id")
            .orElseThrow(
                () -> new OtlpException(422, "The header x-mlflow-experiment-id is required."));
    var body =
        OtlpBody.of(
            header(request, "content-type").orElse(""),
            header(request, "content-encoding").orElse(""));
    try (var memory = bodies.take(0)) {
      var spans = body.read(ReceivedBody.of(request), memory::more);
      var run = header(request, "x-mlflow-run-id");
      gate.trace(request, traces(spans), run.orElse(""));
      store.logSpans(experiment, spans);
      run.ifPresent(id -> store.linkToRun(complete(spans), id));
    }
  }

  private static Set<String> traces(List<ExportedSpan> spans) {
    return spans.stream().map(each -> each.span().traceId()).collect(Collectors.toSet());
  }

  private static java.util.Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name)).filter(value -> !value.isBlank());
  }

  /// The traces whose root came, which is the last to end.
  private static List<String> complete(List<ExportedSpan> spans) {
    return spans.stream()
        .map(ExportedSpan::span)
        .filter(span -> span.isRoot())
        .map(span -> span.traceId())
        .distinct()
        .toList();
  }

  /// By the first words clients know that they must keep spans in an artifact instead.
  private static ObjectNode refusal(TrackingException e) {
    return e.code() == ErrorCode.NOT_IMPLEMENTED
        ? Messages.empty()
            .put("detail", "REST OTLP span logging is not supported here. " + e.getMessage())
        : Messages.empty()
            .put("error_code", e.code().name())
            .put("message", String.valueOf(e.getMessage()));
  }

  private static void fail(ServerResponse response, int status, ObjectNode message) {
    response.status(Status.create(status));
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(message.toString());
  }
}
