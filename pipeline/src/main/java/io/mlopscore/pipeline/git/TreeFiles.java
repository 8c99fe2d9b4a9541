package io.mlopscore.pipeline.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// The files of a revision that say what its data, stages, params and metrics are, put into a
/// directory.
///
/// Bytes are taken as git keeps them, without filters or line-end conversion. Links and submodules
/// are left out, and so are files that are no definition by their name, or too big to be one;
/// whoever needs those asks [Git#file].
final class TreeFiles {
  private static final long LARGEST = 8L << 20;
  private static final Set<String> DEFINITIONS =
      Set.of("dvc", "lock", "yaml", "yml", "json", "toml", "py", "csv", "tsv", "dvcignore");

  private final Git git;

  TreeFiles(Git git) {
    this.git = git;
  }

  /// @param tree the id of a tree, or a commit
  void write(String tree, Path target) throws IOException {
    var blobs = git.tree(tree).stream().filter(TreeFiles::isDefinition).toList();
    var ids = new StringBuilder();
    blobs.forEach(blob -> ids.append(blob.id()).append('\n'));
    var content = git.feed(ids.toString().getBytes(US_ASCII), "cat-file", "--batch");
    int at = 0;
    for (var blob : blobs) {
      int line = indexOf(content, '\n', at);
      var head = new String(content, at, line - at, US_ASCII).split(" ", -1);
      if (head.length != 3) {
        throw new PipelineException(
            "git has no content of '%s': %s".formatted(blob.path(), String.join(" ", head)));
      }
      int size = Integer.parseInt(head[2]);
      var file = target.resolve(blob.path()).normalize();
      if (file.startsWith(target)) {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, Arrays.copyOfRange(content, line + 1, line + 1 + size));
      }
      at = line + 1 + size + 1;
    }
  }

  private static boolean isDefinition(TreeEntry entry) {
    var path = entry.path();
    var name = path.substring(path.lastIndexOf('/') + 1);
    var extension = name.substring(name.lastIndexOf('.') + 1);
    return entry.isFile()
        && entry.size() <= LARGEST
        && (DEFINITIONS.contains(extension)
            || !name.contains(".") // metrics may be
            || path.equals(".dvc/config"));
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int at = from;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
