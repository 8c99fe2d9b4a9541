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
/// @param outputs those whose MD5 is known
/// @param urlOutputs the others, as for `urls`
public record LockEntry(
    Value command,
    Map<String, Tracked> dependencies,
    Map<String, UrlContent> urls,
    Map<String, Mapping> params,
    Map<String, Tracked> outputs,
    Map<String, UrlContent> urlOutputs) {
  public LockEntry {
    dependencies = ordered(dependencies);
    urls = ordered(urls);
    params = ordered(params);
    outputs = ordered(outputs);
    urlOutputs = ordered(urlOutputs);
  }

  /// One that reads and writes nothing of which only a server knows.
  public LockEntry(
      Value command,
      Map<String, Tracked> dependencies,
      Map<String, Mapping> params,
      Map<String, Tracked> outputs) {
    this(command, dependencies, Map.of(), params, outputs, Map.of());
  }

  /// What a dependency held.
  public Optional<Tracked> dependency(String path) {
    return Optional.ofNullable(dependencies.get(path));
  }

  /// What an output held.
  public Optional<Tracked> output(String path) {
    return Optional.ofNullable(outputs.get(path));
  }

  /// What tells contents of a dependency apart: the MD5, or the tag of a server.
  public Optional<String> dependencyVersion(String path) {
    return version(path, dependencies, urls);
  }

  /// As above, for an output.
  public Optional<String> outputVersion(String path) {
    return version(path, outputs, urlOutputs);
  }

  private static Optional<String> version(
      String path, Map<String, Tracked> byMd5, Map<String, UrlContent> byTag) {
    return Optional.ofNullable(byMd5.get(path))
        .map(content -> content.hash().value())
        .or(() -> Optional.ofNullable(byTag.get(path)).map(UrlContent::value));
  }

  /// The same inputs with other outputs.
  LockEntry with(Map<String, Tracked> other) {
    return with(other, Map.of());
  }

  LockEntry with(Map<String, Tracked> other, Map<String, UrlContent> otherUrls) {
    return new LockEntry(command, dependencies, urls, params, other, otherUrls);
  }

  /// The same contents, with nothing said of where remotes keep them.
  LockEntry withoutVersions() {
    return new LockEntry(command, plain(dependencies), urls, params, plain(outputs), urlOutputs);
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
