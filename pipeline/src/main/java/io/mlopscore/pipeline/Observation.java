package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was found in the workspace for a stage; absent paths and keys are missing there.
///
/// @param dependencies content by path, where its MD5 is known
/// @param urls the others: what servers tell contents apart by, by URL
/// @param params by file, the values of the keys asked for
/// @param outputs content by path
/// @param missingFromCache paths of cached outputs whose locked content the cache lacks
record Observation(
    Map<String, Tracked> dependencies,
    Map<String, UrlContent> urls,
    Map<String, Mapping> params,
    Map<String, Tracked> outputs,
    Set<String> missingFromCache) {
  Observation {
    dependencies = Map.copyOf(dependencies);
    urls = Map.copyOf(urls);
    params = Map.copyOf(params);
    outputs = Map.copyOf(outputs);
    missingFromCache = Set.copyOf(missingFromCache);
  }

  /// The lock entry of a stage that is about to run; empty when something it reads is missing.
  Optional<LockEntry> inputs(Stage stage) {
    return stage.dependencies().stream().allMatch(this::has)
        ? Optional.of(new LockEntry(stage.command().value(), dependencies, urls, params, Map.of()))
        : Optional.empty();
  }

  /// Whether it is there.
  boolean has(Dependency dependency) {
    return dependencies.containsKey(dependency.path()) || urls.containsKey(dependency.path());
  }

  /// Whether it is there with the content that was locked.
  boolean isAsRecorded(Dependency dependency, LockEntry locked) {
    var path = dependency.path();
    var now = dependencies.get(path);
    var before = locked.dependencies().get(path);
    var urlNow = urls.get(path);
    var urlBefore = locked.urls().get(path);
    return (now != null && before != null && now.sameContent(before))
        || (urlNow != null && urlBefore != null && urlNow.sameContent(urlBefore));
  }

  Optional<Value> param(String file, String key) {
    return Optional.ofNullable(params.get(file)).flatMap(values -> values.get(key));
  }
}
