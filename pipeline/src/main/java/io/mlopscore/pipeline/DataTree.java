package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The data of a repository at one moment, as it was recorded or as it is in the workspace: each
/// output that the cache keeps, by its path relative to the root.
public record DataTree(SortedMap<String, Content> outputs) {
  /// How far to look.
  public enum Depth {
    OUTPUTS,
    /// Also which files directories have.
    FILES
  }

  /// What an output is.
  ///
  /// @param tracked empty for the output of a stage that never ran
  /// @param files of a directory, by path within it; empty when its listing cannot be had
  public record Content(
      Output output, Optional<Tracked> tracked, Optional<SortedMap<String, Hash>> files) {
    public Optional<Hash> hash() {
      return tracked.map(Tracked::hash);
    }

    public boolean isDirectory() {
      return tracked.isPresent() && tracked.get().hash().isDirectory();
    }

    /// Bytes; negative when nobody counted.
    public long size() {
      return tracked.map(Tracked::size).orElse(Tracked.UNKNOWN);
    }

    public boolean executable() {
      return tracked.map(Tracked::executable).orElse(false);
    }
  }

  private static final SortedMap<String, Hash> NO_FILES = Collections.emptySortedMap();

  public DataTree {
    var sorted = new TreeMap<String, Content>(JsonText.BY_CODE_POINT);
    sorted.putAll(outputs);
    outputs = Collections.unmodifiableSortedMap(sorted);
  }

  public static DataTree empty() {
    return new DataTree(Collections.emptySortedMap());
  }

  /// Only some outputs.
  public DataTree only(Predicate<Output> wanted) {
    var some = new TreeMap<>(outputs);
    some.values().removeIf(content -> !wanted.test(content.output()));
    return new DataTree(some);
  }

  /// What `dvc.lock` and the `*.dvc` files say.
  public static DataTree recorded(Pipeline pipeline, Depth depth) throws IOException {
    return recorded(pipeline, depth, ObjectSource.of(pipeline.cache()));
  }

  /// As above.
  ///
  /// @param objects where listings of directories come from
  public static DataTree recorded(Pipeline pipeline, Depth depth, ObjectSource objects)
      throws IOException {
    return of(pipeline, depth, objects, pipeline.records()::of);
  }

  /// What they say, and for imports without their data what their URLs held.
  public static DataTree expected(Pipeline pipeline, Depth depth) throws IOException {
    return of(
        pipeline,
        depth,
        ObjectSource.of(pipeline.cache()),
        (node, output) ->
            node instanceof PartialImport partial
                ? partial.said()
                : pipeline.records().of(node, output));
  }

  private interface Contents {
    Optional<Tracked> of(Node node, Output output) throws IOException;
  }

  private static DataTree of(
      Pipeline pipeline, Depth depth, ObjectSource objects, Contents contents) throws IOException {
    var outputs = new TreeMap<String, Content>();
    for (var node : pipeline.nodes()) {
      for (var output : node.outputs()) {
        if (output.cached()) {
          var tracked = contents.of(node, output);
          var files =
              tracked.isPresent()
                  ? files(objects, tracked.get().hash(), depth)
                  : Optional.of(NO_FILES);
          outputs.put(
              pipeline.repository().relative(output.file()), new Content(output, tracked, files));
        }
      }
    }
    return new DataTree(outputs);
  }

  private static Optional<SortedMap<String, Hash>> files(
      ObjectSource objects, Hash hash, Depth depth) throws IOException {
    if (depth == Depth.OUTPUTS || !hash.isDirectory()) {
      return Optional.of(NO_FILES);
    }
    var listing = objects.find(hash);
    return listing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DirectoryListing.parse(Files.readAllBytes(listing.get()), listing.get().toString())
                .as(hash.isLegacy())
                .files());
  }

  /// What DVC 2 recorded is hashed as it did, so that files can be compared one by one.
  private static boolean isLegacy(Pipeline pipeline, Node node, Output output) throws IOException {
    return pipeline
        .records()
        .of(node, output)
        .filter(content -> content.hash().isLegacy())
        .isPresent();
  }

  /// What is at the paths of the outputs now; what is not there is left out.
  public static DataTree found(Pipeline pipeline) throws IOException {
    var outputs = new TreeMap<String, Content>();
    try {
      for (var node : pipeline.nodes()) {
        for (var output : node.outputs()) {
          var found =
              output.cached()
                  ? pipeline.workspace().find(output.file(), isLegacy(pipeline, node, output))
                  : Optional.<Workspace.Found>empty();
          if (found.isPresent()) {
            var files = found.get().listing().map(DirectoryListing::files).orElse(NO_FILES);
            var tracked = Optional.of(found.get().content());
            outputs.put(
                pipeline.repository().relative(output.file()),
                new Content(output, tracked, Optional.of(files)));
          }
        }
      }
    } finally {
      pipeline.workspace().save();
    }
    return new DataTree(outputs);
  }
}
