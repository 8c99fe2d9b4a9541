package io.mlopscore.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// The files of runs and models, under the URIs that the store hands out
/// (`mlflow-artifacts:/...`, `file:...`, a local path).
public interface Artifacts {
  /// Copies a file or a folder with everything in it to a URI; an unfinished copy is never visible
  /// under the final name of a file.
  void upload(Path source, String uri) throws IOException;

  /// Copies everything under a URI into a folder, which is created if absent.
  void download(String uri, Path target) throws IOException;

  /// The direct children, by name; empty if there is nothing.
  List<FileInfo> list(String uri) throws IOException;

  /// The bytes of one file. The caller closes the stream.
  InputStream open(String uri) throws IOException;
}
