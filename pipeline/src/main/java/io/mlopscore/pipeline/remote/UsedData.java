package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.DataSource;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Tracked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// An output with the content that `dvc.lock` or a `*.dvc` file records for it.
///
/// @param name its path as people see it
/// @param path the same from the root of its repository, with `/`
/// @param imported the `*.dvc` file of data that another repository keeps
/// @param part a file or folder within it if only that is meant, with `/`; empty for all
record UsedData(
    Output output,
    Tracked content,
    String name,
    String path,
    String part,
    Optional<Path> imported) {

  /// All of the data of an output.
  static UsedData of(Pipeline where, Output output, Tracked content) {
    return of(where, output, content, "", Optional.empty());
  }

  private static UsedData of(
      Pipeline where, Output output, Tracked content, String part, Optional<Path> imported) {
    var path = where.repository().relative(output.file());
    return new UsedData(output, content, where.shown(output), path, part, imported);
  }

  /// What the outputs of a node have in the cache; what never ran has nothing.
  static List<UsedData> of(Pipeline where, Node node, String part) throws IOException {
    var imported =
        node instanceof DataSource data && data.imported()
            ? Optional.of(data.definition())
            : Optional.<Path>empty();
    var used = new ArrayList<UsedData>();
    for (var output : node.outputs()) {
      var content = where.recorded(node, output);
      if (output.cached() && content.isPresent()) {
        used.add(of(where, output, content.get(), part, imported));
      }
    }
    return used;
  }

  StoredObject object() {
    return StoredObject.of(content.hash(), name);
  }

  /// Whether all of it is meant.
  boolean isWhole() {
    return part.isEmpty();
  }

  boolean isDirectory() {
    return content.hash().isDirectory();
  }

  /// The objects of all data, as far as the cache knows: files of a directory whose listing it
  /// lacks are not among them.
  static Needed needed(Collection<UsedData> all, ContentCache cache) throws IOException {
    var directories = new ArrayList<Needed.Directory>();
    var loose = new ArrayList<StoredObject>();
    for (var data : all) {
      if (!data.isDirectory()) {
        loose.add(data.object());
      } else {
        directories.add(
            new Needed.Directory(data.object(), data.files(cache), data.part.isEmpty()));
      }
    }
    return new Needed(directories, loose);
  }

  private List<StoredObject> files(ContentCache cache) throws IOException {
    if (!cache.contains(content.hash())) {
      return List.of();
    }
    var files = new ArrayList<StoredObject>();
    for (var file : cache.listing(content.hash()).files().entrySet()) {
      if (isPart(file.getKey())) {
        files.add(StoredObject.of(file.getValue(), name + "/" + file.getKey()));
      }
    }
    return files;
  }

  boolean isPart(String path) {
    return part.isEmpty() || path.equals(part) || path.startsWith(part + "/");
  }

  Optional<String> remote() {
    return output.remote();
  }
}
