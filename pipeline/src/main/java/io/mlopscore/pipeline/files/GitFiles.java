package io.mlopscore.pipeline.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.files.FileEntry.Source.InGit;
import io.mlopscore.pipeline.git.Git;
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
    var tree = prefix.isEmpty() ? commit : commit + ":" + prefix;
    var listing = git.ask("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", tree);
    for (var line : new String(listing.output(), UTF_8).split("\0", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        add(line.substring(0, tab).trim().split(" +", -1), line.substring(tab + 1));
      }
    }
  }

  private void add(String[] fields, String path) {
    boolean isFolder = fields[1].equals("tree");
    if (path.equals(".dvc") || path.startsWith(".dvc/") || fields[1].equals("commit")) {
      return;
    }
    var entry =
        new FileEntry(
            path,
            isFolder,
            false,
            fields[0].equals("100755"),
            isFolder ? FileEntry.UNKNOWN : Long.parseLong(fields[3]),
            Optional.empty(),
            new InGit(fields[2]));
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
