package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Tracked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the content of files is: in their places or, by what stages recorded, in the cache.
///
/// @param nodes all of the pipeline
record ValueContent(Pipeline pipeline, List<Node> nodes) {
  static ValueContent of(Pipeline pipeline) throws IOException {
    return new ValueContent(pipeline, pipeline.nodes());
  }

  /// The content of a file, or of each file below a directory, by path; empty where there is none.
  SortedMap<Path, Optional<Path>> of(Path path) throws IOException {
    if (Files.exists(path)) {
      return inPlace(path);
    }
    var found = inCache(path);
    return found.isEmpty() ? new TreeMap<>(Map.of(path, Optional.empty())) : found;
  }

  private static SortedMap<Path, Optional<Path>> inPlace(Path path) throws IOException {
    var found = new TreeMap<Path, Optional<Path>>();
    try (var files = Files.walk(path)) {
      files.filter(Files::isRegularFile).forEach(file -> found.put(file, Optional.of(file)));
    }
    return found;
  }

  private SortedMap<Path, Optional<Path>> inCache(Path path) throws IOException {
    var found = new TreeMap<Path, Optional<Path>>();
    for (var node : nodes) {
      for (var output : node.outputs()) {
        if (path.startsWith(output.file())) {
          var content = pipeline.recorded(node, output);
          if (content.isPresent()) {
            add(found, output.file(), content.get());
          }
        }
      }
    }
    found.keySet().removeIf(file -> !file.startsWith(path));
    return found;
  }

  private void add(Map<Path, Optional<Path>> found, Path file, Tracked content) throws IOException {
    var cache = pipeline.cache();
    if (!cache.contains(content.hash())) {
      return;
    }
    if (!content.hash().isDirectory()) {
      found.put(file, Optional.of(cache.object(content.hash())));
      return;
    }
    for (var entry : cache.listing(content.hash()).files().entrySet()) {
      var object = Optional.of(cache.object(entry.getValue())).filter(Files::exists);
      found.put(file.resolve(entry.getKey()), object);
    }
  }
}
