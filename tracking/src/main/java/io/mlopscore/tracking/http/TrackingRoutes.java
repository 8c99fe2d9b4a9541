package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.SourcePolicy;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.observability.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/// MLflow's REST API under `/api` and, for web pages, `/ajax-api`.
///
/// What is not served answers 501 with a sentence, so that no caller mistakes it for an empty
// answer.
public final class TrackingRoutes implements HttpService {
  /// The MLflow release whose clients this speaks to; they choose their calls by it.
  public static final String MLFLOW_VERSION = "3.17.2";

  private static final System.Logger LOG = System.getLogger(TrackingRoutes.class.getName());
  private static final Pattern MLFLOW = Pattern.compile("/(?:ajax-)?api/[23]\\.0/mlflow/(.+)");
  private static final int LARGEST_BODY = 32 << 20;

  private final Tracking tracking;
  private final CallTable calls;
  private final ArtifactRoutes artifacts;
  private final ObjectMapper json = new ObjectMapper();

  /// Serves no webhooks.
  public TrackingRoutes(Tracking tracking) {
    this(tracking, Map.of());
  }

  public TrackingRoutes(Tracking tracking, WebhookCalls webhooks) {
    this(tracking, webhooks.table());
  }

  private TrackingRoutes(Tracking tracking, Map<String, Rpc> webhooks) {
    this.tracking = tracking;
    calls =
        CallTable.of(
            new ExperimentCalls(tracking.store()).table(),
            new RunCalls(tracking.store()).table(),
            new MetricCalls(tracking.store()).table(),
            new LoggedModelCalls(tracking.store()).table(),
            new ArtifactCalls(tracking.store(), tracking.artifacts()).table(),
            new TraceCalls(tracking.traces()).table(),
            new AssessmentCalls(tracking.traces()).table(),
            new RegistryCalls(tracking, SourcePolicy.of(System.getenv())).table(),
            webhooks);
    artifacts = new ArtifactRoutes(tracking);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/health", (_, response) -> health(response));
    rules.get("/version", (_, response) -> response.send(MLFLOW_VERSION));
    rules.get("/get-artifact", this::answer);
    rules.get("/model-versions/get-artifact", this::answer);
    new OtlpRoutes(tracking.traces()).routing(rules);
    rules.any("/api/*", this::answer);
    rules.any("/ajax-api/*", this::answer);
  }

  private void health(ServerResponse response) {
    try {
      tracking.check();
      response.send("OK");
    } catch (TrackingException e) {
      fail(response, e);
    }
  }

  private void answer(ServerRequest request, ServerResponse response) {
    try {
      route(request, response);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (TrackingException e) {
      fail(response, e);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.path().path(), e);
      fail(response, new TrackingException(ErrorCode.INTERNAL_ERROR, String.valueOf(e), e));
    }
  }

  private void route(ServerRequest request, ServerResponse response) throws IOException {
    var path = request.path().path();
    if (ArtifactRoutes.serves(request.path().rawPath())) {
      Exchange.name("artifacts");
      artifacts.answer(request, response);
      return;
    }
    var method = request.prologue().method().text();
    var name = MLFLOW.matcher(path);
    Exchange.name("unserved");
    if (!name.matches()) {
      throw Unserved.call(method, path);
    }
    var found = calls.find(method, name.group(1)).orElseThrow(() -> Unserved.call(method, path));
    Exchange.name(found.name());
    send(response, found.rpc().answer(new Call(fields(request, found))));
  }

  private ObjectNode fields(ServerRequest request, CallTable.Found found) throws IOException {
    var fields = Messages.empty();
    if (request.prologue().method().text().equals("GET")) {
      queryInto(fields, request);
    } else {
      bodyInto(fields, request);
    }
    found.variables().forEach(fields::put);
    return fields;
  }

  private static void queryInto(ObjectNode fields, ServerRequest request) {
    var query = request.query();
    for (var name : query.names()) {
      var values = query.all(name);
      if (values.size() == 1) {
        fields.put(name, values.getFirst());
      } else {
        var array = fields.putArray(name);
        values.forEach(array::add);
      }
    }
  }

  /// A body that is no JSON counts as empty, as in MLflow: the error then names the missing field.
  private void bodyInto(ObjectNode fields, ServerRequest request) throws IOException {
    requireJson(request);
    var body = request.content().inputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The request is larger than " + LARGEST_BODY + " bytes; send it in parts.");
    }
    try {
      if (body.length > 0 && json.readTree(body) instanceof ObjectNode object) {
        fields.setAll(object);
      }
    } catch (JsonProcessingException _) {
      LOG.log(System.Logger.Level.DEBUG, "a request body is no JSON");
    }
  }

  private static void requireJson(ServerRequest request) {
    var type = request.headers().contentType().map(Object::toString).orElse("");
    if (request.prologue().method().text().equals("POST") && !type.startsWith("application/json")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Bad Request. Content-Type must be one of ['application/json'].");
    }
  }

  private static void send(ServerResponse response, ObjectNode message) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(message.toPrettyString());
  }

  private static void fail(ServerResponse response, TrackingException failure) {
    response.status(Status.create(failure.code().httpStatus()));
    if (failure.code().passes()) {
      response.headers().set(HeaderNames.RETRY_AFTER, "1");
    }
    send(
        response,
        Messages.empty()
            .put("error_code", failure.code().name())
            .put("message", String.valueOf(failure.getMessage())));
  }
}
