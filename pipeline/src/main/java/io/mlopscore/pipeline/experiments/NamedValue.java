package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.compare.FileValues;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.yaml.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A metric or parameter: its file and its dotted name there.
record NamedValue(boolean metric, String file, String name) {
  /// All that some states have: metrics first, then parameters, by file.
  static List<NamedValue> of(List<ExperimentState> states) {
    var metrics = new LinkedHashMap<String, Collection<String>>();
    var params = new LinkedHashMap<String, Collection<String>>();
    states.stream()
        .flatMap(ExperimentState::withExperiments)
        .flatMap(state -> state.data().stream())
        .forEach(
            data -> {
              addNames(data.metrics(), metrics);
              addNames(data.params(), params);
            });
    var all = new ArrayList<NamedValue>();
    add(true, metrics, all);
    add(false, params, all);
    return all;
  }

  private static void add(
      boolean metric, Map<String, Collection<String>> names, List<NamedValue> all) {
    names.forEach(
        (file, those) -> those.forEach(name -> all.add(new NamedValue(metric, file, name))));
  }

  /// A file that is one value alone has no column, as in DVC.
  private static void addNames(ValueFiles files, Map<String, Collection<String>> names) {
    files
        .files()
        .forEach(
            (file, values) -> {
              var all = names.computeIfAbsent(file, _ -> new LinkedHashSet<>());
              all.addAll(values.dotted().keySet());
              all.remove("");
            });
  }

  Optional<FileValues> file(Data data) {
    return Optional.ofNullable((metric ? data.metrics() : data.params()).files().get(file));
  }

  Optional<Value> value(Data data) {
    return file(data).flatMap(values -> Optional.ofNullable(values.dotted().get(name)));
  }

  /// Its name where several files have one like it.
  String inFile() {
    return file + ":" + name;
  }
}
