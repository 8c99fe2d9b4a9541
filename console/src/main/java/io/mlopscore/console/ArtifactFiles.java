package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.VersionFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// Lists and sends the files of runs and models. They come from anyone who may log a run, so a
/// browser shows only text and pictures, and runs nothing of them.
record ArtifactFiles(Visit visit) {
  private static final int MOST_FILES = 500;
  private static final int MOST_FOLDERS = 200;
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  FileRoot of(Run run) {
    var info = run.info();
    var links = visit.links();
    return new FileRoot(
        info.artifactUri(),
        Pages.name(info),
        links.run(info.experimentId(), info.runId()),
        links.run(info.runId()));
  }

  FileRoot of(LoggedModel model) {
    var links = visit.links();
    return new FileRoot(
        model.artifactUri(),
        model.name(),
        model.sourceRunId() == null || model.sourceRunId().isEmpty()
            ? links.experiment(model.experimentId())
            : links.run(model.experimentId(), model.sourceRunId()),
        links.root() + "/logged-models/" + Links.encode(model.modelId()));
  }

  FileRoot ofVersion(String name, int version) {
    var uri = VersionFiles.uri(visit.tracking().withFiles(), name, version);
    var page = visit.links().version(name, version);
    return new FileRoot(uri, name + " version " + version, page, page);
  }

  /// Empty if the files are in a place that cannot be reached from here, such as a bucket: the rest
  /// of the page can still be read.
  FileTree tree(FileRoot root) throws IOException {
    try {
      return reachable(root);
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.NOT_IMPLEMENTED) {
        return FileTree.of(List.of(), false);
      }
      throw e;
    }
  }

  private FileTree reachable(FileRoot root) throws IOException {
    var artifacts = visit.tracking().withFiles().artifacts();
    var files = new ArrayList<FileRow>();
    var folders = new ArrayList<>(List.of(""));
    for (var looked = 0; !folders.isEmpty() && files.size() < MOST_FILES; looked++) {
      if (looked == MOST_FOLDERS) {
        return FileTree.of(files, true);
      }
      var folder = folders.removeFirst();
      for (var child : artifacts.list(folder.isEmpty() ? root.uri() : root.uri(folder))) {
        var path = folder.isEmpty() ? child.path() : folder + "/" + child.path();
        if (child.isDirectory()) {
          folders.add(path);
        } else {
          files.add(row(root, path, child.size()));
        }
      }
    }
    return FileTree.of(files, !folders.isEmpty());
  }

  private static FileRow row(FileRoot root, String path, long size) {
    return new FileRow(
        path, root.file(path), root.page(path), Numbers.bytes(size), FileKind.of(path).picture());
  }

  FilePage page(FileRoot root, String path) throws IOException {
    requireInside(path);
    var artifacts = visit.tracking().withFiles().artifacts();
    try (var content = artifacts.open(root.uri(path))) {
      return new FilePage(
          root.owner(),
          root.ownerHref(),
          path,
          root.file(path),
          size(root, path),
          PreviewReading.of(path, root.file(path), content));
    }
  }

  private String size(FileRoot root, String path) throws IOException {
    var artifacts = visit.tracking().withFiles().artifacts();
    return artifacts
        .repository(root.uri())
        .find(path)
        .map(file -> Numbers.bytes(file.size()))
        .orElse("");
  }

  /// @param saved whether the browser keeps it rather than shows it
  void send(FileRoot root, String path, boolean saved, ServerResponse response) throws IOException {
    requireInside(path);
    var artifacts = visit.tracking().withFiles().artifacts();
    try (var content = artifacts.open(root.uri(path))) {
      var kind = FileKind.of(path);
      response.headers().set(HeaderNames.CONTENT_TYPE, kind.contentType());
      response
          .headers()
          .set(HeaderNames.CONTENT_DISPOSITION, saved ? "attachment" : kind.disposition());
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
}
