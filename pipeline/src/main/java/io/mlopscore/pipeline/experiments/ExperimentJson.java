package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.experiments.ExperimentState.Content;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.Executor;
import io.mlopscore.pipeline.experiments.ExperimentState.Failure;
import io.mlopscore.pipeline.experiments.ExperimentState.Recorded;
import io.mlopscore.pipeline.experiments.ExperimentState.Variant;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/// The states of experiments in the shape that `dvc exp show --json` gives them.
public final class ExperimentJson {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final ZoneId zone;

  /// @param zone that times are given in
  public ExperimentJson(ZoneId zone) {
    this.zone = zone;
  }

  public String write(List<ExperimentState> states) {
    return text(new Items(states.stream().map(this::state).toList()));
  }

  /// Any value on one line, keys in their order.
  static String text(Value value) {
    return new JsonLayout(0, "").write(value);
  }

  /// Local time without a zone, as Python's `isoformat` gives it.
  static String time(long seconds, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone).format(SECONDS);
  }

  private Value state(ExperimentState state) {
    return object(
        "rev", Value.of(state.revision()),
        "name", optional(state.name()),
        "data", state.data().map(data -> data(state.revision(), data)).orElse(Value.none()),
        "error", state.error().map(ExperimentJson::error).orElse(Value.none()),
        "experiments",
            state.experiments().isEmpty()
                ? Value.none()
                : new Items(state.experiments().stream().map(this::variant).toList()));
  }

  private static Value error(Failure failure) {
    return object("msg", Value.of(failure.message()), "type", Value.of(failure.type()));
  }

  private Value variant(Variant variant) {
    return object(
        "revs", new Items(List.of(state(variant.experiment()))),
        "executor", variant.executor().map(ExperimentJson::executor).orElse(Value.none()),
        "name", optional(variant.experiment().name()));
  }

  private static Value executor(Executor executor) {
    return object(
        "state", Value.of(executor.state()),
        "name", optional(executor.name()),
        "local",
            object(
                "root", Value.none(),
                "log", Value.none(),
                "pid", Value.none(),
                "returncode", Value.none(),
                "task_id", Value.of(executor.task())));
  }

  private Value data(String revision, Data data) {
    return object(
        "rev", Value.of(revision),
        "timestamp", optional(data.time().map(seconds -> time(seconds, zone))),
        "params", files(data.params()),
        "metrics", files(data.metrics()),
        "deps", all(data.dependencies(), content -> new Mapping(content(content))),
        "outs", all(data.outputs(), ExperimentJson::output),
        "meta", Mapping.EMPTY);
  }

  private static Value files(ValueFiles files) {
    var fields = new LinkedHashMap<Value, Value>();
    files.files().forEach((file, values) -> fields.put(Value.of(file), values.json(file)));
    return new Mapping(fields);
  }

  private static Map<Value, Value> content(Content content) {
    var recorded = content.recorded();
    var size = recorded.map(Recorded::size).orElse(OptionalLong.empty());
    var files = recorded.map(Recorded::files).orElse(OptionalInt.empty());
    var fields = new LinkedHashMap<Value, Value>();
    fields.put(Value.of("hash"), optional(recorded.map(Recorded::hash)));
    fields.put(Value.of("size"), size.isPresent() ? Value.of(size.getAsLong()) : Value.none());
    fields.put(Value.of("nfiles"), files.isPresent() ? Value.of(files.getAsInt()) : Value.none());
    return fields;
  }

  private static Value output(Content content) {
    var fields = content(content);
    fields.put(Value.of("use_cache"), new Bool(content.cached()));
    fields.put(Value.of("is_data_source"), new Bool(content.source()));
    return new Mapping(fields);
  }

  private static <T> Value all(Map<String, T> items, Function<T, Value> write) {
    var fields = new LinkedHashMap<Value, Value>();
    items.forEach((name, item) -> fields.put(Value.of(name), write.apply(item)));
    return new Mapping(fields);
  }

  private static Value optional(Optional<String> text) {
    return text.map(Value::of).orElse(Value.none());
  }

  private static Mapping object(Object... parts) {
    var fields = new LinkedHashMap<Value, Value>();
    for (int i = 0; i < parts.length; i += 2) {
      fields.put(Value.of(parts[i].toString()), (Value) parts[i + 1]);
    }
    return new Mapping(fields);
  }
}
