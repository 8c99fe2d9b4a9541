package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `dvc.lock` records of a stage that ran: its command, and the contents that went in and came
/// out, by path as the stage writes it.
///
/// @param dependencies those whose MD5 is known
/// @param urls the others: what servers tell contents apart by, by URL
/// @param params file to the values of its keys
public record LockEntry(
    Value command,
    Map<String, Tracked> dependencies,
    Map<String, UrlContent> urls,
    Map<String, Mapping> params,
    Map<String, Tracked> outputs) {
  public LockEntry {
    dependencies = ordered(dependencies);
    urls = ordered(urls);
    params = ordered(params);
    outputs = ordered(outputs);
  }

  /// One that reads nothing of which only a server knows.
  public LockEntry(
      Value command,
      Map<String, Tracked> dependencies,
      Map<String, Mapping> params,
      Map<String, Tracked> outputs) {
    this(command, dependencies, Map.of(), params, outputs);
  }

  /// What a dependency held.
  public Optional<Tracked> dependency(String path) {
    return Optional.ofNullable(dependencies.get(path));
  }

  /// What an output held.
  public Optional<Tracked> output(String path) {
    return Optional.ofNullable(outputs.get(path));
  }

  /// The same inputs with other outputs.
  LockEntry with(Map<String, Tracked> other) {
    return new LockEntry(command, dependencies, urls, params, other);
  }

  /// The same contents, with nothing said of where remotes keep them.
  LockEntry withoutVersions() {
    return new LockEntry(command, plain(dependencies), urls, params, plain(outputs));
  }

  private static Map<String, Tracked> plain(Map<String, Tracked> contents) {
    var plain = new LinkedHashMap<String, Tracked>();
    contents.forEach((path, content) -> plain.put(path, content.with(Versions.NONE)));
    return plain;
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
