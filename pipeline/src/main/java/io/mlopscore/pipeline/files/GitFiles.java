package io.mlopscore.pipeline.files;

import io.mlopscore.pipeline.files.FileEntry.Source.InGit;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.TreeEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files of a commit.
final class GitFiles implements BaseFiles {
  private final Map<String, FileEntry> entries = new TreeMap<>();
  private final Map<String, List<FileEntry>> folders = new TreeMap<>();

  /// @param prefix the folder of the repository in the work tree; empty for its root
  GitFiles(Git git, String commit, String prefix) throws IOException {
    folders.put("", new ArrayList<>());
    var tree = git.folder(commit, prefix);
    for (var entry : tree.isPresent() ? git.tree(tree.get()) : List.<TreeEntry>of()) {
      add(entry);
    }
  }

  private void add(TreeEntry file) {
    var path = file.path();
    if (path.equals(".dvc") || path.startsWith(".dvc/") || file.type().equals("commit")) {
      return;
    }
    boolean isFolder = file.type().equals("tree");
    var entry =
        new FileEntry(
            path,
            isFolder,
            false,
            file.mode().equals("100755"),
            file.size(),
            Optional.empty(),
            new InGit(file.id()));
    entries.put(path, entry);
    if (isFolder) {
      folders.put(path, new ArrayList<>());
    }
    var above = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    folders.getOrDefault(above, new ArrayList<>()).add(entry);
  }

  @Override
  public Optional<FileEntry> find(String path) {
    return path.isEmpty()
        ? Optional.of(FileEntry.folder(""))
        : Optional.ofNullable(entries.get(path));
  }

  @Override
  public List<FileEntry> children(String folder) {
    return folders.getOrDefault(folder, List.of());
  }
}
