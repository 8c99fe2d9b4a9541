package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.FileInfo;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.search.SearchPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Our records as MLflow's messages: field names of its protocol buffers, empty fields left out,
/// whole numbers as numbers.
final class Messages {
  private Messages() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode of(String name, ObjectNode message) {
    return empty().set(name, message);
  }

  /// A list under a name; left out if it is empty.
  static <T> ObjectNode list(
      ObjectNode into, String name, List<T> items, Function<T, ObjectNode> message) {
    if (!items.isEmpty()) {
      var array = into.putArray(name);
      items.forEach(item -> array.add(message.apply(item)));
    }
    return into;
  }

  /// The same in answers that are no protocol buffers of MLflow's: clients rely on the list.
  static <T> ObjectNode evenEmpty(
      ObjectNode into, String name, List<T> items, Function<T, ObjectNode> message) {
    var array = into.putArray(name);
    items.forEach(item -> array.add(message.apply(item)));
    return into;
  }

  static ObjectNode experiment(Experiment experiment) {
    var message =
        empty()
            .put("experiment_id", experiment.id())
            .put("name", experiment.name())
            .put("artifact_location", experiment.artifactLocation())
            .put("lifecycle_stage", lower(experiment.lifecycleStage()))
            .put("last_update_time", experiment.lastUpdateTime())
            .put("creation_time", experiment.creationTime())
            .put("workspace", "default");
    return pairs(message, "tags", experiment.tags());
  }

  static ObjectNode run(Run run) {
    var data = empty();
    list(data, "metrics", run.metrics(), Messages::metric);
    pairs(data, "params", run.params());
    pairs(data, "tags", run.tags());
    var message = empty();
    message.set("info", info(run.info()));
    message.set("data", data);
    var inputs = list(empty(), "dataset_inputs", run.inputs(), Messages::input);
    message.set(
        "inputs",
        list(inputs, "model_inputs", run.modelInputs(), id -> empty().put("model_id", id)));
    return message;
  }

  /// A run as it is read, rather than as it is created.
  static ObjectNode runWithOutputs(Run run) {
    var outputs =
        list(
            empty(),
            "model_outputs",
            run.outputs(),
            output -> empty().put("model_id", output.modelId()).put("step", output.step()));
    return run(run).set("outputs", outputs);
  }

  static ObjectNode runMetric(RunMetric point) {
    return metric(point.metric()).put("run_id", point.runId());
  }

  static ObjectNode summary(DatasetSummary summary) {
    var message =
        empty()
            .put("experiment_id", summary.experimentId())
            .put("name", summary.name())
            .put("digest", summary.digest());
    putIfPresent(message, "context", summary.context());
    return message;
  }

  /// A page, and the token of the next if there is one.
  static <T> ObjectNode page(String name, SearchPage<T> page, Function<T, ObjectNode> message) {
    var answer = list(empty(), name, page.items(), message);
    putIfPresent(answer, "next_page_token", page.nextPageToken());
    return answer;
  }

  static ObjectNode info(RunInfo info) {
    var message =
        empty()
            .put("run_id", info.runId())
            .put("run_uuid", info.runId())
            .put("run_name", info.runName())
            .put("experiment_id", info.experimentId())
            .put("user_id", info.userId())
            .put("status", info.status().name())
            .put("start_time", info.startTime())
            .put("artifact_uri", info.artifactUri())
            .put("lifecycle_stage", lower(info.lifecycleStage()));
    if (info.endTime() != null) {
      message.put("end_time", info.endTime());
    }
    return message;
  }

  static ObjectNode metric(Metric metric) {
    var message = empty().put("key", metric.key());
    if (Double.isFinite(metric.value())) {
      message.put("value", metric.value());
    } else {
      message.put("value", Double.toString(metric.value()));
    }
    message.put("timestamp", metric.timestamp()).put("step", metric.step());
    putIfPresent(message, "model_id", metric.modelId());
    putIfPresent(message, "dataset_name", metric.datasetName());
    putIfPresent(message, "dataset_digest", metric.datasetDigest());
    return message;
  }

  static ObjectNode input(DatasetInput input) {
    var dataset =
        empty()
            .put("name", input.dataset().name())
            .put("digest", input.dataset().digest())
            .put("source_type", input.dataset().sourceType())
            .put("source", input.dataset().source());
    putIfPresent(dataset, "schema", input.dataset().schema());
    putIfPresent(dataset, "profile", input.dataset().profile());
    var message = pairs(empty(), "tags", input.tags());
    message.set("dataset", dataset);
    return message;
  }

  static ObjectNode loggedModel(LoggedModel model) {
    var info =
        empty()
            .put("model_id", model.modelId())
            .put("experiment_id", model.experimentId())
            .put("name", model.name())
            .put("creation_timestamp_ms", model.creationTime())
            .put("last_updated_timestamp_ms", model.lastUpdatedTime())
            .put("artifact_uri", model.artifactUri())
            .put("status", "LOGGED_MODEL_" + model.status());
    info.put("model_type", orEmpty(model.modelType()));
    info.put("source_run_id", orEmpty(model.sourceRunId()));
    pairs(info, "tags", model.tags());
    var message = of("info", info);
    var data = pairs(empty(), "params", model.params());
    message.set("data", list(data, "metrics", model.metrics(), Messages::runMetric));
    return message;
  }

  static ObjectNode file(FileInfo file) {
    var message = empty().put("path", file.path()).put("is_dir", file.isDirectory());
    return file.isDirectory() ? message : message.put("file_size", file.size());
  }

  static ObjectNode pairs(ObjectNode into, String name, Map<String, String> pairs) {
    return list(
        into,
        name,
        List.copyOf(new TreeMap<>(pairs).entrySet()),
        pair -> empty().put("key", pair.getKey()).put("value", pair.getValue()));
  }

  static void putIfPresent(ObjectNode into, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      into.put(name, value);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
