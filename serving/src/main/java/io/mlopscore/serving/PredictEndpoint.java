package io.mlopscore.serving;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.mlopscore.model.ModelException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// `POST /predict`: one row in, the most probable class and all probabilities out.
final class PredictEndpoint implements Endpoint {
  static final HeaderName MODEL_VERSION = HeaderNames.create("X-Model-Version");

  private final LiveModel live;
  private final ServingMetrics metrics;
  private final ServingLog log;
  private final int maxBody;

  PredictEndpoint(LiveModel live, ServingMetrics metrics, ServingLog log, int maxBody) {
    this.live = live;
    this.metrics = metrics;
    this.log = log;
    this.maxBody = maxBody;
  }

  @Override
  public Reply answer(Exchange exchange) throws IOException {
    var request = exchange.request();
    if (!isJson(Gateway.header(request, HeaderNames.CONTENT_TYPE))) {
      return Reply.problem(
          Status.UNSUPPORTED_MEDIA_TYPE_415,
          "not_json",
          "Send JSON, with the header Content-Type: application/json");
    }
    var body = RequestBody.read(request, maxBody);
    if (body.isEmpty()) {
      return Guard.tooLarge(maxBody);
    }
    var model = live.acquire();
    if (model == null) {
      return Reply.problem(Status.SERVICE_UNAVAILABLE_503, "no_model", "Model not loaded");
    }
    try {
      exchange.answeredBy(model.release().version());
      return switch (model.rows().read(body.get())) {
        case ParsedRow.Invalid(var problems) ->
            Reply.problem(
                Status.UNPROCESSABLE_CONTENT_422, "validation", FieldProblem.json(problems));
        case ParsedRow.Row(var values) -> score(exchange, model, values);
      };
    } finally {
      model.letGo();
    }
  }

  private Reply score(Exchange exchange, ServedModel model, double[] row) {
    double[] probabilities;
    try {
      probabilities = model.probabilities(row);
    } catch (RuntimeException e) {
      return failed(exchange, e);
    }
    int winner = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (Double.isNaN(probabilities[i])) {
        return failed(exchange, new ModelException("a probability is not a number"));
      }
      // Sums of rounded numbers may come out a little beyond.
      probabilities[i] = Math.clamp(probabilities[i], 0.0, 1.0);
      if (probabilities[i] > probabilities[winner]) {
        winner = i;
      }
    }
    metrics.predicted(model.label(winner), probabilities[winner]);
    return Reply.json(model.answers().write(probabilities, winner))
        .with(List.of(model.versionHeader()));
  }

  private Reply failed(Exchange exchange, RuntimeException cause) {
    log.failure("prediction_failed", exchange.requestId(), cause);
    return Reply.problem(
        Status.INTERNAL_SERVER_ERROR_500, "prediction", "The model failed on this input");
  }

  /// A missing type is taken for JSON, as the body will show.
  private static boolean isJson(String contentType) {
    if (contentType.isEmpty() || contentType.equals("application/json")) {
      return true;
    }
    int end = contentType.indexOf(';');
    var type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    var lower = type.toLowerCase(Locale.ROOT);
    return lower.equals("application/json")
        || (lower.startsWith("application/") && lower.endsWith("+json"));
  }
}
