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

  /// What a stage writes: files, and what only servers have.
  record Written(List<Output> files, List<UrlOutput> urls) {}

  Written of(Mapping definition) {
    var written = new Written(new ArrayList<>(), new ArrayList<>());
    read(definition, "outs", Output.Kind.OUT, written);
    read(definition, "metrics", Output.Kind.METRIC, written);
    read(definition, "plots", Output.Kind.PLOT, written);
    return written;
  }

  /// Flags of several mentions of one path are joined.
  private void read(Mapping definition, String key, Output.Kind kind, Written written) {
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
    flags.forEach((path, given) -> add(fields.path(path, key, directory), given, kind, written));
  }

  private void add(String path, Mapping flags, Output.Kind kind, Written written) {
    boolean cached = fields.flag(flags, "cache", true);
    boolean persist = fields.flag(flags, "persist", false);
    var place = Dependency.of(path, directory, fields.repository().config());
    if (place.isElsewhere()) {
      written.urls.add(UrlOutput.of(place, kind, cached, persist, fields.where()));
    } else {
      written.files.add(file(place, flags, kind, cached, persist));
    }
  }

  private static Mapping flags(Value given) {
    return given instanceof Mapping flags ? flags : Mapping.EMPTY;
  }

  private static Mapping joined(Mapping before, Mapping more) {
    var all = new LinkedHashMap<>(before.entries());
    all.putAll(more.entries());
    return new Mapping(all);
  }

  private Output file(
      Dependency place, Mapping flags, Output.Kind kind, boolean cached, boolean persist) {
    if (cached && !fields.repository().contains(place.file())) {
      throw new PipelineException(
          "%s: output '%s' is outside the repository; add 'cache: false' to it"
              .formatted(fields.where(), place.path()));
    }
    return new Output(
        place.path(),
        place.file(),
        kind,
        cached,
        persist,
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
