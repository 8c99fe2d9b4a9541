package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import io.helidon.http.Status;
import io.mlopscore.model.Column;
import java.io.IOException;
import java.util.List;

/// `GET /model/info`: what is being served, with the results of its evaluation. What is not known
/// is `null`.
record InfoEndpoint(LiveModel live) implements Endpoint {
  private static final List<String> METRICS =
      List.of("accuracy", "precision", "recall", "f1_score");

  @Override
  public Reply answer(Exchange exchange) {
    var model = live.acquire();
    if (model == null) {
      return Reply.problem(
          Status.NOT_FOUND_404, "no_model", "Model and metadata are not available");
    }
    try {
      exchange.answeredBy(model.release().version());
      return Reply.json(Json.object(out -> write(out, model)));
    } finally {
      model.letGo();
    }
  }

  private static void write(JsonGenerator out, ServedModel model) throws IOException {
    var description = model.folder().description();
    var inputs = model.folder().signature().inputs();
    out.writeStringField("model_type", description.modelType());
    out.writeNumberField("n_features", inputs.size());
    out.writeNumberField("n_samples", description.trainingRows());
    writeNames(out, "feature_names", inputs.stream().map(Column::name).toList());
    writeNames(out, "target_names", model.classes());
    for (var name : METRICS) {
      var value = model.metrics().get(name);
      if (value == null || !Double.isFinite(value)) {
        out.writeNullField(name);
      } else {
        out.writeNumberField(name, value);
      }
    }
    out.writeStringField("name", model.release().name());
    out.writeStringField("version", model.release().version());
  }

  private static void writeNames(JsonGenerator out, String field, List<String> names)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (var name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }
}
