package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunMetric;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A point as MLflow's message.
///
/// @param run whose it is, where the answer says so
/// @param bareNan whether NaN stands without quotes
record Point(Metric metric, @Nullable String run, boolean bareNan) implements Message {
  static Point of(Metric metric) {
    return new Point(metric, null, false);
  }

  static Point of(RunMetric point) {
    return new Point(point.metric(), point.runId(), false);
  }

  static Point bare(RunMetric point) {
    return new Point(point.metric(), point.runId(), true);
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    out.writeStartObject();
    out.writeStringField("key", metric.key());
    if (Double.isFinite(metric.value())) {
      out.writeNumberField("value", metric.value());
    } else if (bareNan && Double.isNaN(metric.value())) {
      out.writeFieldName("value");
      out.writeRawValue("NaN");
    } else {
      out.writeStringField("value", Double.toString(metric.value()));
    }
    out.writeNumberField("timestamp", metric.timestamp());
    out.writeNumberField("step", metric.step());
    unlessEmpty(out, "model_id", metric.modelId());
    unlessEmpty(out, "dataset_name", metric.datasetName());
    unlessEmpty(out, "dataset_digest", metric.datasetDigest());
    unlessEmpty(out, "run_id", run);
    out.writeEndObject();
  }

  private static void unlessEmpty(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null && !value.isEmpty()) {
      out.writeStringField(name, value);
    }
  }
}
