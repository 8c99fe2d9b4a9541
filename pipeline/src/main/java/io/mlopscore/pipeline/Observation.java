package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was found in the workspace for a stage; absent paths and keys are missing there.
///
/// @param dependencies content by path, where its MD5 is known
/// @param urls the others: what servers tell contents apart by, by URL
/// @param params by file, the values of the keys asked for
/// @param outputs content by path, where its MD5 is known
/// @param urlOutputs the others, as for `urls`
/// @param missingFromCache paths of cached outputs whose locked content the cache lacks
record Observation(
    Map<String, Tracked> dependencies,
    Map<String, UrlContent> urls,
    Map<String, Mapping> params,
    Map<String, Tracked> outputs,
    Map<String, UrlContent> urlOutputs,
    Set<String> missingFromCache) {
  Observation {
    dependencies = Map.copyOf(dependencies);
    urls = Map.copyOf(urls);
    params = Map.copyOf(params);
    outputs = Map.copyOf(outputs);
    urlOutputs = Map.copyOf(urlOutputs);
    missingFromCache = Set.copyOf(missingFromCache);
  }

  /// The lock entry of a stage that is about to run; empty when something it reads is missing.
  Optional<LockEntry> inputs(Stage stage) {
    return stage.dependencies().stream().allMatch(this::has)
        ? Optional.of(
            new LockEntry(stage.command().value(), dependencies, urls, params, Map.of(), Map.of()))
        : Optional.empty();
  }

  /// Whether it is there.
  boolean has(Dependency dependency) {
    return dependencies.containsKey(dependency.path()) || urls.containsKey(dependency.path());
  }

  /// Whether it is there with the content that was locked.
  boolean isAsRecorded(Dependency dependency, LockEntry locked) {
    var path = dependency.path();
    return isSame(dependencies.get(path), locked.dependencies().get(path))
        || isSame(urls.get(path), locked.urls().get(path));
  }

  /// Whether something is behind its URL.
  boolean has(UrlOutput output) {
    return outputs.containsKey(output.url()) || urlOutputs.containsKey(output.url());
  }

  /// Whether what is behind its URL is what was locked.
  boolean isAsRecorded(UrlOutput output, LockEntry locked) {
    var url = output.url();
    return isSame(outputs.get(url), locked.outputs().get(url))
        || isSame(urlOutputs.get(url), locked.urlOutputs().get(url));
  }

  private static boolean isSame(@Nullable Tracked now, @Nullable Tracked before) {
    return now != null && before != null && now.sameContent(before);
  }

  private static boolean isSame(@Nullable UrlContent now, @Nullable UrlContent before) {
    return now != null && before != null && now.sameContent(before);
  }

  Optional<Value> param(String file, String key) {
    return Optional.ofNullable(params.get(file)).flatMap(values -> values.get(key));
  }
}
