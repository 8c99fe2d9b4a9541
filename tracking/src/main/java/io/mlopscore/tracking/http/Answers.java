package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.FileInfo;
import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelOutput;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// MLflow's messages as our records; the other direction of [Messages].
final class Answers {
  private Answers() {}

  static <T> List<T> list(JsonNode items, Function<JsonNode, T> record) {
    return items.valueStream().map(record).toList();
  }

  static Experiment experiment(JsonNode message) {
    return new Experiment(
        message.path("experiment_id").asText(),
        message.path("name").asText(),
        message.path("artifact_location").asText(),
        stage(message),
        message.path("creation_time").asLong(),
        message.path("last_update_time").asLong(),
        pairs(message.path("tags")));
  }

  static Run run(JsonNode message) {
    var data = message.path("data");
    return new Run(
        info(message.path("info")),
        list(data.path("metrics"), Answers::metric),
        pairs(data.path("params")),
        pairs(data.path("tags")),
        list(message.path("inputs").path("dataset_inputs"), Answers::input),
        list(message.path("inputs").path("model_inputs"), model -> model.path("model_id").asText()),
        list(message.path("outputs").path("model_outputs"), Answers::output));
  }

  private static ModelOutput output(JsonNode message) {
    return new ModelOutput(message.path("model_id").asText(), message.path("step").asLong());
  }

  static RunMetric runMetric(JsonNode message) {
    return new RunMetric(message.path("run_id").asText(), metric(message));
  }

  static DatasetSummary summary(JsonNode message) {
    return new DatasetSummary(
        message.path("experiment_id").asText(),
        message.path("name").asText(),
        message.path("digest").asText(),
        optional(message, "context"));
  }

  private static RunInfo info(JsonNode message) {
    return new RunInfo(
        message.path("run_id").asText(),
        message.path("run_name").asText(),
        message.path("experiment_id").asText(),
        message.path("user_id").asText(),
        RunStatus.valueOf(message.path("status").asText()),
        message.path("start_time").asLong(),
        message.has("end_time") ? message.path("end_time").asLong() : null,
        message.path("artifact_uri").asText(),
        stage(message));
  }

  private static LifecycleStage stage(JsonNode message) {
    return LifecycleStage.valueOf(
        message.path("lifecycle_stage").asText("active").toUpperCase(Locale.ROOT));
  }

  static Metric metric(JsonNode message) {
    var value = message.path("value");
    return new Metric(
        message.path("key").asText(),
        value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble(),
        message.path("timestamp").asLong(),
        message.path("step").asLong(),
        optional(message, "model_id"),
        optional(message, "dataset_name"),
        optional(message, "dataset_digest"));
  }

  private static DatasetInput input(JsonNode message) {
    var dataset = message.path("dataset");
    return new DatasetInput(
        new Dataset(
            dataset.path("name").asText(),
            dataset.path("digest").asText(),
            dataset.path("source_type").asText(),
            dataset.path("source").asText(),
            optional(dataset, "schema"),
            optional(dataset, "profile")),
        pairs(message.path("tags")));
  }

  static LoggedModel loggedModel(JsonNode message) {
    var info = message.path("info");
    return new LoggedModel(
        info.path("model_id").asText(),
        info.path("experiment_id").asText(),
        info.path("name").asText(),
        info.path("artifact_uri").asText(),
        LoggedModel.Status.valueOf(info.path("status").asText().replace("LOGGED_MODEL_", "")),
        optional(info, "model_type"),
        optional(info, "source_run_id"),
        info.path("creation_timestamp_ms").asLong(),
        info.path("last_updated_timestamp_ms").asLong(),
        pairs(message.path("data").path("params")),
        pairs(info.path("tags")),
        list(message.path("data").path("metrics"), Answers::runMetric));
  }

  static RegisteredModel registeredModel(JsonNode message) {
    var aliases = new LinkedHashMap<String, Integer>();
    message
        .path("aliases")
        .forEach(alias -> aliases.put(alias.path("alias").asText(), alias.path("version").asInt()));
    return new RegisteredModel(
        message.path("name").asText(),
        message.path("description").asText(),
        message.path("creation_timestamp").asLong(),
        message.path("last_updated_timestamp").asLong(),
        list(message.path("latest_versions"), Answers::version),
        pairs(message.path("tags")),
        aliases);
  }

  static ModelVersion version(JsonNode message) {
    return new ModelVersion(
        message.path("name").asText(),
        message.path("version").asInt(),
        orNull(message, "description"),
        orNull(message, "user_id"),
        message.path("current_stage").asText("None"),
        message.path("source").asText(),
        orNull(message, "run_id"),
        orNull(message, "run_link"),
        message.path("status").asText(),
        orNull(message, "status_message"),
        message.path("creation_timestamp").asLong(),
        message.path("last_updated_timestamp").asLong(),
        pairs(message.path("tags")),
        list(message.path("aliases"), JsonNode::asText));
  }

  static FileInfo file(JsonNode message) {
    return new FileInfo(
        message.path("path").asText(),
        message.path("is_dir").asBoolean(),
        message.path("file_size").asLong());
  }

  private static Map<String, String> pairs(JsonNode items) {
    var pairs = new LinkedHashMap<String, String>();
    items.forEach(item -> pairs.put(item.path("key").asText(), item.path("value").asText()));
    return pairs;
  }

  /// A text that may be empty; null if it is left out.
  private static @Nullable String orNull(JsonNode message, String name) {
    return message.hasNonNull(name) ? message.path(name).asText() : null;
  }

  private static @Nullable String optional(JsonNode message, String name) {
    var text = message.path(name).asText();
    return text.isEmpty() ? null : text;
  }
}
