package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Lists and sends the files of runs and logged models. They come from anyone who may log a run,
/// so a browser shows only text and pictures, and runs nothing of them.
final class ArtifactFiles {
  private static final int MOST_FILES = 500;
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private final TrackingStore store;
  private final Artifacts artifacts;

  ArtifactFiles(Tracking tracking) {
    store = tracking.store();
    artifacts = tracking.artifacts();
  }

  List<FileRow> of(Run run) throws IOException {
    var id = run.info().runId();
    return list(run.info().artifactUri(), path -> Links.runFile(id, path));
  }

  List<FileRow> of(LoggedModel model) throws IOException {
    return list(model.artifactUri(), path -> Links.modelFile(model.modelId(), path));
  }

  /// Empty if the files are in a place that cannot be reached from here, such as a bucket: the rest
  /// of the run can still be read.
  private List<FileRow> list(String root, UnaryOperator<String> href) throws IOException {
    try {
      return reachable(root, href);
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.NOT_IMPLEMENTED) {
        return List.of();
      }
      throw e;
    }
  }

  private List<FileRow> reachable(String root, UnaryOperator<String> href) throws IOException {
    var files = new ArrayList<FileRow>();
    var folders = new ArrayList<>(List.of(""));
    while (!folders.isEmpty() && files.size() < MOST_FILES) {
      var folder = folders.removeFirst();
      for (var child : artifacts.list(folder.isEmpty() ? root : uri(root, folder))) {
        var path = folder.isEmpty() ? child.path() : folder + "/" + child.path();
        if (child.isDirectory()) {
          folders.add(path);
        } else {
          var size = Numbers.bytes(child.size());
          files.add(new FileRow(path, href.apply(path), size, FileKind.of(path).picture()));
        }
      }
    }
    return files;
  }

  void sendRunFile(String runId, String path, ServerResponse response) throws IOException {
    send(store.run(runId).info().artifactUri(), path, response);
  }

  void sendModelFile(String modelId, String path, ServerResponse response) throws IOException {
    send(store.loggedModel(modelId).artifactUri(), path, response);
  }

  private void send(String root, String path, ServerResponse response) throws IOException {
    requireInside(path);
    try (var content = artifacts.open(uri(root, path))) {
      var kind = FileKind.of(path);
      response.headers().set(HeaderNames.CONTENT_TYPE, kind.contentType());
      response.headers().set(HeaderNames.CONTENT_DISPOSITION, kind.disposition());
      response.headers().set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
      response.headers().set(HeaderNames.create("Content-Security-Policy"), POLICY);
      try (var out = response.outputStream()) {
        content.transferTo(out);
      }
    }
  }

  /// Only plain names, however the path was encoded.
  private static void requireInside(String path) throws IOException {
    for (var name : path.split("/", -1)) {
      var plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
      if (!plain || name.contains("\\") || name.contains("%") || name.indexOf('\0') >= 0) {
        throw new NoSuchFileException(path);
      }
    }
  }

  private static String uri(String root, String path) {
    return root + "/" + (root.startsWith("file:") ? Links.encodePath(path) : path);
  }
}
