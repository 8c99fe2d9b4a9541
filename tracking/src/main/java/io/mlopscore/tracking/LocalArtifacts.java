package io.mlopscore.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// Artifacts in folders of this machine.
///
/// `mlflow-artifacts:/1/abc` is `1/abc` below the root, as behind `mlflow server`; `file:` URIs and
/// plain paths, which MLflow writes when it runs without a server, are what they say.
public final class LocalArtifacts implements Artifacts {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private final Path root;

  /// @param root where `mlflow-artifacts:/` begins
  public LocalArtifacts(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void upload(Path source, String uri) throws IOException {
    copy(source, path(uri));
  }

  @Override
  public void download(String uri, Path target) throws IOException {
    var source = path(uri);
    if (Files.notExists(source)) {
      throw new NoSuchFileException(uri, null, "no artifact there");
    }
    copy(source, target);
  }

  /// Writes one file from a stream; it appears under its name only when it is complete.
  public void write(String uri, InputStream content) throws IOException {
    var target = path(uri);
    Files.createDirectories(target.getParent());
    var part = unfinished(target);
    try {
      Files.copy(content, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Deletes a file, or a folder with all that is in it; nothing happens if it is not there.
  public void delete(String uri) throws IOException {
    var target = path(uri);
    if (target.equals(root) || Files.notExists(target)) {
      return;
    }
    try (var inside = Files.walk(target)) {
      for (var file : inside.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public List<FileInfo> list(String uri) throws IOException {
    var folder = path(uri);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var children = Files.list(folder)) {
      return children
          .filter(child -> !isUnfinished(child))
          .sorted()
          .map(LocalArtifacts::info)
          .toList();
    }
  }

  private static FileInfo info(Path child) {
    var file = child.toFile();
    return new FileInfo(file.getName(), file.isDirectory(), file.isDirectory() ? 0 : file.length());
  }

  @Override
  public InputStream open(String uri) throws IOException {
    var file = path(uri);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(uri, null, "no artifact there");
    }
    return Files.newInputStream(file);
  }

  /// The file behind a URI.
  ///
  /// @throws TrackingException if the URI leads outside the root, or to another machine
  public Path path(String uri) {
    if (uri.startsWith("mlflow-artifacts:")) {
      return below(uri.substring("mlflow-artifacts:".length()));
    }
    if (uri.startsWith("file:")) {
      return Path.of(URI.create(uri));
    }
    if (uri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          uri + ": artifacts of this kind cannot be reached yet; local folders can.");
    }
    return Path.of(uri);
  }

  /// @param path slashes, then names; an authority as in `mlflow-artifacts://host/` is passed over
  private Path below(String path) {
    var plain = path.startsWith("//") ? path.replaceFirst("^//[^/]*", "") : path;
    var relative = plain.replaceFirst("^/+", "");
    if (relative.contains("\\") || relative.indexOf('\0') >= 0 || relative.contains("#")) {
      throw invalid(path);
    }
    var target = root.resolve(relative).normalize();
    if (!target.startsWith(root) || List.of(relative.split("/", -1)).contains("..")) {
      throw invalid(path);
    }
    return target;
  }

  private static TrackingException invalid(String path) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid path: " + path);
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            copyFile(file, target.resolve(source.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copyFile(Path source, Path target) throws IOException {
    var parent = target.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    var part = unfinished(target);
    try {
      Files.copy(source, part, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling("." + UUID.randomUUID() + ".part");
  }

  private static boolean isUnfinished(Path file) {
    return UNFINISHED.matcher(file.getFileName().toString()).matches();
  }
}
