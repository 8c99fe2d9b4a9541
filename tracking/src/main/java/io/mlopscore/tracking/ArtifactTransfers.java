package io.mlopscore.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Copies folders to and from a repository, several files at a time.
record ArtifactTransfers(ArtifactRepository repository) {
  private static final int MOST_AT_ONCE = 8;

  /// Copies what is in a folder to the root of the repository.
  void upload(Path folder) throws IOException {
    var copies = new ArrayList<Callable<Path>>();
    try (var files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> copies.add(() -> upload(file, relative(folder, file))));
    }
    all(copies);
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private Path upload(Path file, String path) throws IOException {
    repository.write(path, file);
    return file;
  }

  /// Copies all that is in the repository into a folder.
  void download(Path folder) throws IOException {
    Files.createDirectories(folder);
    var copies = new ArrayList<Callable<Path>>();
    collect("", folder, copies);
    all(copies);
  }

  private void collect(String from, Path folder, List<Callable<Path>> copies) throws IOException {
    for (var child : repository.list(from)) {
      var target = folder.resolve(plain(child.path()));
      var path = ArtifactPath.join(from, child.path());
      if (child.isDirectory()) {
        Files.createDirectories(target);
        collect(path, target, copies);
      } else {
        copies.add(() -> download(path, target));
      }
    }
  }

  /// A server must not choose where files go here: only a plain name is taken.
  private static String plain(String name) throws IOException {
    if (name.isEmpty() || name.equals("..") || name.contains("/") || name.contains("\\")) {
      throw new IOException("an artifact has the name '" + name + "', which is no file name");
    }
    return name;
  }

  /// Copies one file; it appears, or replaces what is there, when it is complete.
  Path download(String path, Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    var unfinished = target.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      try (var content = repository.open(path)) {
        Files.copy(content, unfinished);
      }
      return Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void all(List<Callable<Path>> copies) throws IOException {
    try (var threads = Executors.newFixedThreadPool(MOST_AT_ONCE, Thread.ofVirtual().factory())) {
      for (var copy : threads.invokeAll(copies)) {
        await(copy);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while copying artifacts", e);
    }
  }

  private static void await(Future<Path> copy) throws IOException, InterruptedException {
    try {
      copy.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case UncheckedIOException failure -> throw failure.getCause();
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IOException(e);
      }
    }
  }
}
