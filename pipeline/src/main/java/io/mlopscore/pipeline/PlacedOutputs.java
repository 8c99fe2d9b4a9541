package io.mlopscore.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Remembers which outputs were stored or put into the workspace, and with which content, so that a
/// checkout can take away those that no stage or `*.dvc` file names any more.
///
/// When it is lost, such leftovers stay.
final class PlacedOutputs {
  private static final int VERSION = 0x6d6c0401;

  private final IndexFile file;
  private final Path root;
  private final Map<String, Hash> placed = new TreeMap<>();
  private boolean read;
  private boolean changed;

  PlacedOutputs(Path path, Path root) {
    this.file = new IndexFile(path, VERSION);
    this.root = root;
  }

  synchronized void add(Path output, Hash content) {
    read();
    if (output.startsWith(root)) {
      changed |= !content.equals(placed.put(name(output), content));
    }
  }

  /// Those that are no outputs now, with the content they had.
  synchronized Map<Path, Hash> without(Set<Path> outputs) {
    read();
    var left = new TreeMap<Path, Hash>();
    placed.forEach(
        (name, content) -> {
          var path = root.resolve(name);
          if (!outputs.contains(path)) {
            left.put(path, content);
          }
        });
    return left;
  }

  synchronized void forget(Path output) {
    read();
    changed |= placed.remove(name(output)) != null;
  }

  private String name(Path output) {
    return root.relativize(output).toString();
  }

  private void read() {
    if (!read) {
      read = true;
      file.read().ifPresent(this::take);
    }
  }

  private void take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      placed.put(IndexFile.text(bytes), Hash.ofLabelled(IndexFile.text(bytes)));
    }
  }

  synchronized void save() {
    if (changed) {
      changed = !file.write(this::write);
    }
  }

  private void write(DataOutputStream out) throws IOException {
    for (var output : placed.entrySet()) {
      IndexFile.text(out, output.getKey());
      IndexFile.text(out, output.getValue().labelled());
    }
  }
}
