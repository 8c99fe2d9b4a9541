package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was found in the workspace for a stage; absent paths and keys are missing there.
///
/// @param dependencies content by path
/// @param params by file, the values of the keys asked for
/// @param outputs content by path
/// @param missingFromCache paths of cached outputs whose locked content the cache lacks
record Observation(
    Map<String, Tracked> dependencies,
    Map<String, Mapping> params,
    Map<String, Tracked> outputs,
    Set<String> missingFromCache) {
  Observation {
    dependencies = Map.copyOf(dependencies);
    params = Map.copyOf(params);
    outputs = Map.copyOf(outputs);
    missingFromCache = Set.copyOf(missingFromCache);
  }

  /// The lock entry of a stage that is about to run; empty when something it reads is missing.
  Optional<LockEntry> inputs(Stage stage) {
    var dependencyContents = new LinkedHashMap<String, Tracked>();
    for (var dependency : stage.dependencies()) {
      var content = dependencies.get(dependency.path());
      if (content == null) {
        return Optional.empty();
      }
      dependencyContents.put(dependency.path(), content);
    }
    return Optional.of(
        new LockEntry(stage.command().value(), dependencyContents, params, Map.of()));
  }

  Optional<Value> param(String file, String key) {
    return Optional.ofNullable(params.get(file)).flatMap(values -> values.get(key));
  }
}
