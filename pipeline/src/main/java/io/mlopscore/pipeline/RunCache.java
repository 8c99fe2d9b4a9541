package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Results of earlier runs by what went in: `runs/<key>/<value>` under the cache, as DVC keeps
/// them.
///
/// The key is a hash of command, inputs and the paths of the outputs; the value one that also
/// covers what came out. Sizes do not count.
final class RunCache {
  private final Path runs;

  RunCache(Path cacheRoot) {
    this.runs = cacheRoot.resolve("runs");
  }

  /// The newest result recorded for the inputs of `entry`; its outputs only need their paths.
  ///
  /// @param broken told of a file that is no result
  Optional<LockEntry> find(LockEntry inputs, Consumer<Path> broken) throws IOException {
    var directory = directory(inputs);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    List<Path> results;
    try (var files = Files.list(directory)) {
      results = files.filter(file -> !file.toString().endsWith(".tmp")).toList();
    }
    var newest = results.stream().max(Comparator.comparing(RunCache::modified));
    return newest.isPresent() ? read(newest.get(), broken) : Optional.empty();
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      // Removed meanwhile: the oldest of all.
      return FileTime.fromMillis(0);
    }
  }

  /// Reads a result; one that is broken is dropped, since a run can make it anew.
  private static Optional<LockEntry> read(Path file, Consumer<Path> broken) throws IOException {
    try {
      return Optional.of(LockText.read(YamlReader.read(file), file.toString()));
    } catch (YamlException | PipelineException _) {
      broken.accept(file);
      Files.deleteIfExists(file);
      return Optional.empty();
    }
  }

  /// Keeps a result. Where its data is in which version is no part of it.
  void save(LockEntry result) throws IOException {
    var entry = result.withoutVersions();
    var text = LockText.write(entry);
    var directory = directory(entry);
    var file = directory.resolve(sha256(withoutSizes(text)));
    if (Files.exists(file)) {
      return;
    }
    SharedFolders.make(directory);
    WholeFile.write(file, YamlWriter.document(text));
    SharedFolders.open(file, directory);
  }

  private Path directory(LockEntry entry) {
    var key = key(entry);
    return runs.resolve(key.substring(0, 2)).resolve(key);
  }

  static String key(LockEntry entry) {
    var text = LockText.write(entry);
    var paths =
        YamlReader.items(text.get("outs").orElse(Value.none())).values().stream()
            .map(out -> ((Mapping) out).get("path").orElse(Value.none()))
            .toList();
    return sha256(withoutSizes(text.with("outs", new Items(paths))));
  }

  /// At any depth, since DVC drops these keys wherever they stand, parameters included.
  private static Value withoutSizes(Value value) {
    return switch (value) {
      case Mapping mapping -> {
        var kept = new LinkedHashMap<Value, Value>();
        mapping
            .entries()
            .forEach(
                (key, child) -> {
                  if (!key.equals(Value.of("size")) && !key.equals(Value.of("nfiles"))) {
                    kept.put(key, withoutSizes(child));
                  }
                });
        yield new Mapping(kept);
      }
      case Items(var values) -> new Items(values.stream().map(RunCache::withoutSizes).toList());
      case Value other -> other;
    };
  }

  static String value(LockEntry entry) {
    return sha256(withoutSizes(LockText.write(entry)));
  }

  private static String sha256(Value value) {
    var bytes = JsonText.of(value).getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(Md5.digest("SHA-256").digest(bytes));
  }
}
