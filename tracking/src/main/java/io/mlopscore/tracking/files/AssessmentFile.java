package io.mlopscore.tracking.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.JsonText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An assessment of a trace in a file store, which has the fields of MLflow's message.
record AssessmentFile(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param trace the id of the trace in whose folder it is
  Assessment assessment(String trace) {
    var meta = MetaFile.read(file);
    var metadata = meta.texts("metadata");
    var created = meta.timeOr("create_time", meta.wholeOr("create_time_ms", 0));
    return new Assessment(
        meta.textOr("assessment_id", file.getFileName().toString().replace(".yaml", "")),
        trace,
        meta.required("assessment_name"),
        value(meta),
        source(meta),
        created,
        meta.timeOr("last_update_time", meta.wholeOr("last_update_time_ms", created)),
        metadata.get(Assessment.SOURCE_RUN),
        meta.textOrNull("span_id"),
        meta.textOrNull("rationale"),
        meta.textOrNull("overrides"),
        !meta.textOr("valid", "true").equals("false"),
        metadata);
  }

  private static Assessment.Source source(MetaFile meta) {
    var source = meta.texts("source");
    return new Assessment.Source(
        source.getOrDefault("source_type", "CODE"), source.get("source_id"));
  }

  private static Value value(MetaFile meta) {
    var fields = JSON.<JsonNode>valueToTree(meta.values());
    if (fields.path("expectation").isObject()) {
      return expectation(fields.path("expectation"));
    }
    if (fields.path("feedback").isObject()) {
      var feedback = fields.path("feedback");
      return new Value.Feedback(json(feedback.path("value")), failure(feedback.path("error")));
    }
    if (fields.path("issue").isObject()) {
      return new Value.Issue(fields.path("issue").path("issue_name").asText());
    }
    throw MetaFile.unusable(meta.file(), "it has neither `feedback` nor `expectation`");
  }

  /// What has parts is kept as text that holds JSON.
  private static Value expectation(JsonNode expectation) {
    var serialized = expectation.path("serialized_value").path("value");
    return new Value.Expectation(
        serialized.isTextual() ? serialized.textValue() : json(expectation.path("value")));
  }

  private static String json(JsonNode value) {
    return value.isMissingNode() ? "null" : JsonText.write(value);
  }

  private static Assessment.@Nullable Failure failure(JsonNode error) {
    return error.isObject()
        ? new Assessment.Failure(
            error.path("error_code").asText(),
            error.path("error_message").asText(null),
            error.path("stack_trace").asText(null))
        : null;
  }
}
