package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Looks at the workspace for what a decision needs.
final class Observer {
  private final Workspace workspace;
  private final ContentCache cache;

  Observer(Workspace workspace, ContentCache cache) {
    this.workspace = workspace;
    this.cache = cache;
  }

  Observation observe(Stage stage, Optional<LockEntry> locked) throws IOException {
    var missing = new HashSet<String>();
    for (var output : stage.outputs()) {
      var before = locked.map(entry -> entry.outputs().get(output.path()));
      if (output.cached() && before.isPresent() && !cache.containsAll(before.get().hash())) {
        missing.add(output.path());
      }
    }
    return new Observation(dependencies(stage), params(stage), outputs(stage), missing);
  }

  Map<String, Tracked> outputs(Stage stage) throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var output : stage.outputs()) {
      workspace.look(output.file()).ifPresent(content -> found.put(output.path(), content));
    }
    return found;
  }

  Map<String, Tracked> dependencies(Stage stage) throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var dependency : stage.dependencies()) {
      workspace.look(dependency.file()).ifPresent(content -> found.put(dependency.path(), content));
    }
    return found;
  }

  private static Map<String, Mapping> params(Stage stage) throws IOException {
    var found = new LinkedHashMap<String, Mapping>();
    for (var file : stage.params()) {
      if (Files.exists(file.file())) {
        var all = ParamsText.read(file.file());
        found.put(file.path(), file.isWhole() ? all : some(file, all));
      }
    }
    return found;
  }

  private static Mapping some(ParamsFile file, Mapping all) {
    var some = new LinkedHashMap<Value, Value>();
    for (var key : file.keys()) {
      ParamsKey.find(all, key).ifPresent(value -> some.put(Value.of(key), value));
    }
    return new Mapping(some);
  }
}
