package io.mlopscore.console;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files in their folders: folders first, then files, each by name.
///
/// @param open whether a folder is shown open at first
/// @param more whether there are more files than are listed
record FileTree(List<Node> nodes, boolean open, boolean more) {
  private static final int FEW = 12;

  FileTree {
    nodes = List.copyOf(nodes);
  }

  /// A folder or a file.
  sealed interface Node {
    String name();
  }

  record Folder(String name, List<Node> nodes) implements Node {
    Folder {
      nodes = List.copyOf(nodes);
    }
  }

  record File(String name, FileRow row) implements Node {}

  static FileTree of(List<FileRow> files, boolean more) {
    return new FileTree(below(files, ""), files.size() <= FEW, more);
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  /// All of them, folder after folder.
  Stream<FileRow> files() {
    return files(nodes);
  }

  private static Stream<FileRow> files(List<Node> nodes) {
    return nodes.stream()
        .flatMap(
            node ->
                switch (node) {
                  case Folder(_, var inside) -> files(inside);
                  case File(_, var row) -> Stream.of(row);
                });
  }

  private static List<Node> below(List<FileRow> files, String folder) {
    var folders = new TreeMap<String, List<FileRow>>();
    var here = new ArrayList<Node>();
    for (var file : files) {
      var rest = file.path().substring(folder.length());
      var slash = rest.indexOf('/');
      if (slash < 0) {
        here.add(new File(rest, file));
      } else {
        folders.computeIfAbsent(rest.substring(0, slash), _ -> new ArrayList<>()).add(file);
      }
    }
    var nodes = new ArrayList<Node>();
    folders.forEach(
        (name, inside) -> nodes.add(new Folder(name, below(inside, folder + name + "/"))));
    nodes.addAll(here);
    return nodes;
  }
}
