package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Remembers which outputs were stored or put into the workspace, and with which content, so that a
/// checkout can take away those that no stage or `*.dvc` file names any more.
///
/// A private file of ours; when it is lost, such leftovers stay.
final class PlacedOutputs {
  private static final String END = "\0";

  private final Path file;
  private final Path root;
  private final Map<String, Hash> placed = new TreeMap<>();
  private boolean read;
  private boolean changed;

  PlacedOutputs(Path file, Path root) {
    this.file = file;
    this.root = root;
  }

  synchronized void add(Path output, Hash content) throws IOException {
    read();
    if (output.startsWith(root)) {
      changed |= !content.equals(placed.put(root.relativize(output).toString(), content));
    }
  }

  /// Those that are no outputs now, with the content they had.
  synchronized Map<Path, Hash> without(Set<Path> outputs) throws IOException {
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

  synchronized void forget(Path output) throws IOException {
    read();
    changed |= placed.remove(root.relativize(output).toString()) != null;
  }

  /// A file that was cut short or is not ours counts as far as it can be read.
  private void read() throws IOException {
    if (read) {
      return;
    }
    read = true;
    List<String> parts;
    try {
      parts = List.of(Files.readString(file).split(END, -1));
    } catch (NoSuchFileException | CharacterCodingException _) {
      return;
    }
    for (int i = 0; i + 2 < parts.size(); i += 2) {
      try {
        placed.put(parts.get(i), Hash.ofLabelled(parts.get(i + 1)));
      } catch (PipelineException _) {
        return;
      }
    }
  }

  synchronized void save() throws IOException {
    if (!changed) {
      return;
    }
    var parts = new ArrayList<String>();
    placed.forEach(
        (name, content) -> {
          parts.add(name);
          parts.add(content.labelled());
        });
    parts.add("");
    Files.createDirectories(file.getParent());
    var temporary = Files.createTempFile(file.getParent(), "outputs", ".tmp");
    try {
      Files.writeString(temporary, String.join(END, parts));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    changed = false;
  }
}
