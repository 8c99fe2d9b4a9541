package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the outputs of one stage: `outs`, `metrics` and `plots`.
///
/// @param directory where the stage runs, from which paths go
record OutputReader(StageFields fields, Path directory) {
  /// What may be said about how to draw a plot.
  private static final Set<Value> DISPLAY =
      Stream.of("x", "y", "x_label", "y_label", "title", "template", "header")
          .map(Value::of)
          .collect(Collectors.toUnmodifiableSet());

  List<Output> of(Mapping definition) {
    var outputs = new ArrayList<Output>();
    outputs.addAll(outputs(definition, "outs", Output.Kind.OUT));
    outputs.addAll(outputs(definition, "metrics", Output.Kind.METRIC));
    outputs.addAll(outputs(definition, "plots", Output.Kind.PLOT));
    return outputs;
  }

  /// Flags of several mentions of one path are joined.
  private List<Output> outputs(Mapping definition, String key, Output.Kind kind) {
    var flags = new LinkedHashMap<Value, Mapping>();
    for (var item : fields.list(definition, key)) {
      switch (item) {
        case Mapping several ->
            several
                .entries()
                .forEach((path, given) -> flags.merge(path, flags(given), OutputReader::joined));
        case Value path -> flags.merge(path, Mapping.EMPTY, OutputReader::joined);
      }
    }
    var outputs = new ArrayList<Output>();
    flags.forEach((path, given) -> outputs.add(output(path, given, kind, key)));
    return outputs;
  }

  private static Mapping flags(Value given) {
    return given instanceof Mapping flags ? flags : Mapping.EMPTY;
  }

  private static Mapping joined(Mapping before, Mapping more) {
    var all = new LinkedHashMap<>(before.entries());
    all.putAll(more.entries());
    return new Mapping(all);
  }

  private Output output(Value written, Mapping flags, Output.Kind kind, String key) {
    var path = fields.path(written, key, directory);
    if (Dependency.isUrl(path)) {
      throw new PipelineException(
          "%s: output '%s' is a URL; a stage can read from URLs, and write to files only"
              .formatted(fields.where(), path));
    }
    var target = directory.resolve(path).normalize();
    boolean cached = fields.flag(flags, "cache", true);
    if (cached && !fields.repository().contains(target)) {
      throw new PipelineException(
          "%s: output '%s' is outside the repository; add 'cache: false' to it"
              .formatted(fields.where(), path));
    }
    return new Output(
        path,
        target,
        kind,
        cached,
        fields.flag(flags, "persist", false),
        fields.flag(flags, "push", true),
        flags.get("remote").map(YamlReader::text),
        kind == Output.Kind.PLOT ? display(flags) : Mapping.EMPTY);
  }

  private static Mapping display(Mapping flags) {
    var display = new LinkedHashMap<>(flags.entries());
    display.keySet().retainAll(DISPLAY);
    return new Mapping(display);
  }
}
