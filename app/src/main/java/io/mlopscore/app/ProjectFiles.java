package io.mlopscore.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// Writes the files of a new project, one line each about what became of it.
///
/// @param root the folder of the project, which exists
/// @param replace whether files that are there make way; else they stay
record ProjectFiles(Path root, boolean replace, PrintStream out) {

  /// @param texts by path seen from the root
  /// @throws IOException if a folder on the way is a link that leads out of the project
  void write(Map<String, String> texts) throws IOException {
    for (var file : texts.entrySet()) {
      write(file.getKey(), file.getValue());
    }
  }

  private void write(String name, String text) throws IOException {
    var file = root.resolve(name);
    boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (isThere && !replace) {
      out.println("kept " + name + ", which was there");
      return;
    }
    var folder = Files.createDirectories(requireNonNull(file.getParent()));
    if (!folder.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException(folder + " is a link that leads out of the project");
    }
    // A link is replaced, not what it leads to.
    if (isThere) {
      Files.delete(file);
    }
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    out.println((isThere ? "replaced " : "wrote ") + name);
  }
}
