package io.mlopscore.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of runs and models, under the URIs that the store hands out
/// (`mlflow-artifacts:/...`, `file:...`, a local path, `s3://...`, `gs://...`).
public interface Artifacts {
  /// The files below a URI, which need not exist yet.
  ///
  /// @throws TrackingException if the URI leads outside its place, or to one that cannot be reached
  ArtifactRepository repository(String uri);

  /// Copies a file or a folder with everything in it to a URI; an unfinished copy is never visible
  /// under the final name of a file.
  default void upload(Path source, String uri) throws IOException {
    if (Files.isDirectory(source)) {
      new ArtifactTransfers(repository(uri)).upload(source);
      return;
    }
    parent(uri).write(ArtifactPath.name(uri), source);
  }

  /// Copies everything under a URI into a folder, which is created if absent, or one file to
  /// `target`; what is there under the same names is replaced.
  default void download(String uri, Path target) throws IOException {
    var children = list(uri);
    if (children.isEmpty()) {
      new ArtifactTransfers(parent(uri)).download(ArtifactPath.name(uri), target);
    } else {
      new ArtifactTransfers(repository(uri)).download(target);
    }
  }

  /// The direct children, by name; empty if there is nothing.
  default List<FileInfo> list(String uri) throws IOException {
    return repository(uri).list("");
  }

  /// The bytes of one file. The caller closes the stream.
  ///
  /// @throws java.nio.file.NoSuchFileException if there is none
  default InputStream open(String uri) throws IOException {
    return parent(uri).open(ArtifactPath.name(uri));
  }

  /// Deletes a file, or a folder with all that is in it; nothing happens if it is not there.
  default void delete(String uri) throws IOException {
    parent(uri).delete(ArtifactPath.name(uri));
  }

  private ArtifactRepository parent(String uri) {
    return repository(ArtifactPath.parent(uri));
  }
}
