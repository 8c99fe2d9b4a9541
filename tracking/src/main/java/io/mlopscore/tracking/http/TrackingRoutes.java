package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// MLflow's REST API under `/api` and, for web pages, `/ajax-api`.
///
/// What is not served answers 501 with a sentence, so that nobody takes it for an empty answer.
public final class TrackingRoutes implements HttpService {
  /// The MLflow release whose clients this speaks to; they choose their calls by it.
  public static final String MLFLOW_VERSION = "3.17.2";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final System.Logger LOG = System.getLogger(TrackingRoutes.class.getName());

  /// The slash that may be missing is missing in one of MLflow's own paths.
  private static final Pattern MLFLOW = Pattern.compile("/(?:ajax-)?api/[23]\\.0/?mlflow/(.+)");

  /// Of all memory. Apart, so that whoever reads much does not keep others from logging.
  private static final double BODIES = 1 / 4.0;

  private static final double ANSWERS = 3 / 8.0;

  private final Tracking tracking;
  private final ServedCalls served;
  private final CallTable calls;
  private final Gate gate;
  private final ArtifactRoutes artifacts;
  private final Health health;
  private final UnknownRoutes unknown = UnknownRoutes.ofMlflow();
  private final RequestFields fields = new RequestFields();
  private final MemoryBudget bodies = MemoryBudget.share("requests", BODIES);
  private final MemoryBudget answers = MemoryBudget.share("long answers", ANSWERS);

  /// Serves everything but webhooks, to everybody.
  public TrackingRoutes(Tracking tracking) {
    this(tracking, Gate.OPEN);
  }

  /// Serves everything but webhooks.
  ///
  /// @param gate stands before every call
  public TrackingRoutes(Tracking tracking, Gate gate) {
    this(tracking, ServedCalls.ALL, Map.of(), gate);
  }

  /// Serves everything, to everybody.
  public TrackingRoutes(Tracking tracking, WebhookCalls webhooks) {
    this(tracking, ServedCalls.ALL, webhooks.table(), Gate.OPEN);
  }

  /// @param gate stands before every call
  public TrackingRoutes(Tracking tracking, ServedCalls served, WebhookCalls webhooks, Gate gate) {
    this(tracking, served, webhooks.table(), gate);
  }

  private TrackingRoutes(
      Tracking tracking, ServedCalls served, Map<String, Rpc> webhooks, Gate gate) {
    this.tracking = tracking;
    this.served = served;
    this.gate = gate;
    calls =
        CallTable.of(
            new ServerCalls(tracking.artifacts(), served).table(),
            new ExperimentCalls(tracking.store()).table(),
            new RunCalls(tracking.store()).table(),
            new MetricCalls(tracking.store()).table(),
            new LoggedModelCalls(tracking.store()).table(),
            new ArtifactCalls(tracking.store(), tracking.artifacts()).table(),
            new TraceCalls(tracking.traces()).table(),
            new TraceMetricCalls(tracking.traces()).table(),
            new AssessmentCalls(tracking.traces()).table(),
            new RegistryCalls(tracking, SourcePolicy.of(System.getenv())).table(),
            webhooks);
    artifacts = new ArtifactRoutes(tracking, answers);
    health = Health.of(tracking::checkStore, tracking::checkRegistry, gate::check);
  }

  /// The calls that are served, such as `POST runs/create`.
  Set<String> calls() {
    return calls.names();
  }

  /// What is tracked as the caller of a request may see and change it, by the calls of this API.
  public CallerTracking within(ServerRequest request) {
    var client = new CallsWithin(request, served, calls, gate, answers, JSON);
    return new CallerTracking(request, gate, tracking, client);
  }

  @Override
  public void routing(HttpRules rules) {
    reading(rules, "/health", this::health);
    reading(rules, "/health/live", TrackingRoutes::live);
    reading(rules, "/version", TrackingRoutes::version);
    reading(rules, "/get-artifact", this::answer);
    reading(rules, "/model-versions/get-artifact", this::answer);
    new OtlpRoutes(tracking.traces(), gate, bodies).routing(rules);
    rules.any("/api/*", this::answer);
    rules.any("/ajax-api/*", this::answer);
  }

  private static void reading(HttpRules rules, String path, Handler handler) {
    rules.get(path, handler).head(path, handler);
  }

  private void health(ServerRequest request, ServerResponse response) {
    Head.leaveOutBody(request, response);
    try {
      health.check();
      response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.send("OK");
    } catch (TrackingException e) {
      new Failure(e).send(response);
    }
  }

  /// Asks no database: a server that waits for one must not be started again for that. MLflow has
  /// no such address.
  private static void live(ServerRequest request, ServerResponse response) {
    Head.leaveOutBody(request, response);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send("OK");
  }

  private static void version(ServerRequest request, ServerResponse response) {
    Head.leaveOutBody(request, response);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(MLFLOW_VERSION);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    try {
      route(request, response);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (TrackingException e) {
      Head.leaveOutBody(request, response);
      new Failure(e).send(response);
    } catch (Gate.PermissionDenied e) {
      Head.leaveOutBody(request, response);
      refuse(response, Status.FORBIDDEN_403, "Permission denied");
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.path().path(), e);
      Head.leaveOutBody(request, response);
      new Failure(new TrackingException(ErrorCode.INTERNAL_ERROR, String.valueOf(e), e))
          .send(response);
    }
  }

  private void route(ServerRequest request, ServerResponse response) throws IOException {
    var refusal = served.refusal(request.path().path());
    if (refusal.isPresent()) {
      refuse(response, Status.SERVICE_UNAVAILABLE_503, refusal.get());
      return;
    }
    if (ArtifactRoutes.serves(request.path().rawPath()) && unknown.isMlflows(request)) {
      Exchange.name("artifacts");
      gate.carry(request, () -> artifacts.answer(request, response));
      return;
    }
    Head.leaveOutBody(request, response);
    var found = find(request);
    if (found.isPresent()) {
      Exchange.name(found.get().name());
      answer(request, response, found.get());
    } else {
      unknown.answer(request, response);
    }
  }

  private static void refuse(ServerResponse response, Status status, String why) {
    response.status(status);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(why);
  }

  private Optional<CallTable.Found> find(ServerRequest request) {
    var name = MLFLOW.matcher(request.path().path());
    return name.matches()
        ? calls.find(RequestFields.method(request), name.group(1))
        : Optional.empty();
  }

  private void answer(ServerRequest request, ServerResponse response, CallTable.Found found)
      throws IOException {
    try (var body = bodies.take(0)) {
      var call = fields.of(request, found, body);
      var bytes = found.rpc().bytes(call);
      if (bytes == 0) {
        send(response, gate.answer(request, found.call(), call, found.rpc()));
        return;
      }
      try (var share = answers.take(bytes)) {
        var held = new HeldPart(share);
        var answer = gate.answer(request, found.call(), call, found.rpc());
        send(response, answer instanceof Listing<?> listing ? listing.holding(held) : answer);
      }
    }
  }

  /// Most answers are short trees, which are faster as one text.
  private static void send(ServerResponse response, JsonSerializable message) throws IOException {
    if (message instanceof ObjectNode tree) {
      response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
      response.send(tree.toPrettyString());
    } else {
      AnswerStream.send(response, message);
    }
  }
}
