package io.mlopscore.pipeline.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What lies at a place of a repository.
///
/// @param dataOnly only data, and folders with data
public record FileList(RepositoryFiles files, boolean dataOnly) {
  /// A line of a list.
  ///
  /// @param name relative to where the list starts
  public record Line(String name, FileEntry entry) {}

  /// A folder with what is in it, or a file.
  public record Node(FileEntry entry, List<Node> inside) {
    public Node {
      inside = List.copyOf(inside);
    }
  }

  /// The files in a folder, and the folders at the last level; of a file, itself.
  ///
  /// @param levels how many levels of folders, 1 for what is directly inside
  public List<Line> of(FileEntry start, int levels) throws IOException {
    if (!start.isFolder() || levels < 1) {
      return List.of(new Line(start.path().isEmpty() ? "." : start.name(), start));
    }
    var lines = new ArrayList<Line>();
    add(lines, start, start.path().isEmpty() ? "" : start.path() + "/", levels);
    lines.sort(
        (a, b) -> io.mlopscore.pipeline.yaml.JsonText.BY_CODE_POINT.compare(a.name(), b.name()));
    return lines;
  }

  private void add(List<Line> lines, FileEntry folder, String prefix, int levels)
      throws IOException {
    for (var entry : inside(folder)) {
      if (entry.isFolder() && levels > 1) {
        add(lines, entry, prefix, levels - 1);
      } else {
        lines.add(new Line(entry.path().substring(prefix.length()), entry));
      }
    }
  }

  private List<FileEntry> inside(FileEntry folder) throws IOException {
    var inside = files.children(folder.path());
    return dataOnly ? inside.stream().filter(files::hasData).toList() : inside;
  }

  /// As folders within folders.
  public Node tree(FileEntry start, int levels) throws IOException {
    var inside = new ArrayList<Node>();
    if (start.isFolder() && levels > 0) {
      for (var entry : inside(start)) {
        inside.add(tree(entry, levels - 1));
      }
    }
    return new Node(start, inside);
  }
}
