package io.mlopscore.pipeline.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private record Blob(String id, String path) {}

  private final Git git;

  TreeFiles(Git git) {
    this.git = git;
  }

  /// @param tree the id of a tree, or a commit
  void write(String tree, Path target) throws IOException {
    var blobs = blobs(tree);
    var ids = new StringBuilder();
    blobs.forEach(blob -> ids.append(blob.id()).append('\n'));
    var content = git.feed(ids.toString().getBytes(US_ASCII), "cat-file", "--batch");
    int at = 0;
    for (var blob : blobs) {
      int line = indexOf(content, '\n', at);
      var head = new String(content, at, line - at, US_ASCII).split(" ", -1);
      int size = Integer.parseInt(head[2]);
      var file = target.resolve(blob.path()).normalize();
      if (file.startsWith(target)) {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, Arrays.copyOfRange(content, line + 1, line + 1 + size));
      }
      at = line + 1 + size + 1;
    }
  }

  private List<Blob> blobs(String tree) throws IOException {
    var listing = git.ask("ls-tree", "-r", "-z", "-l", "--full-tree", tree);
    var blobs = new ArrayList<Blob>();
    for (var entry : new String(listing.output(), UTF_8).split("\0", -1)) {
      int tab = entry.indexOf('\t');
      if (tab > 0) {
        var fields = entry.substring(0, tab).trim().split(" +", -1);
        var path = entry.substring(tab + 1);
        if (fields[0].startsWith("100") && isDefinition(path, Long.parseLong(fields[3]))) {
          blobs.add(new Blob(fields[2], path));
        }
      }
    }
    return blobs;
  }

  private static boolean isDefinition(String path, long size) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var extension = name.substring(name.lastIndexOf('.') + 1);
    return size <= LARGEST && (DEFINITIONS.contains(extension) || path.equals(".dvc/config"));
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int at = from;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
