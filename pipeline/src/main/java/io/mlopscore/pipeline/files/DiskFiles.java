package io.mlopscore.pipeline.files;

import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.files.FileEntry.Source.OnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of a workspace that `.dvcignore` does not leave out.
record DiskFiles(Repository repository) implements BaseFiles {
  @Override
  public Optional<FileEntry> find(String path) throws IOException {
    var file = repository.root().resolve(path).normalize();
    boolean isFolder = Files.isDirectory(file);
    return Files.exists(file) && !repository.ignore().ignores(file, isFolder)
        ? Optional.of(entry(file, isFolder))
        : Optional.empty();
  }

  private FileEntry entry(Path file, boolean isFolder) throws IOException {
    return new FileEntry(
        repository.relative(file),
        isFolder,
        false,
        !isFolder && Files.isExecutable(file),
        Files.size(file),
        Optional.empty(),
        new OnDisk(file));
  }

  @Override
  public List<FileEntry> children(String folder) throws IOException {
    var directory = repository.root().resolve(folder).normalize();
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var children = new ArrayList<FileEntry>();
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        boolean isFolder = Files.isDirectory(file);
        if (Files.exists(file) && !repository.ignore().ignores(file, isFolder)) {
          children.add(entry(file, isFolder));
        }
      }
    }
    return children;
  }
}
