package io.mlopscore.pipeline.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// All objects that a cache or a remote holds: what `gc` and `fsck` look through.
sealed interface Holding {
  /// An object of DVC 3 or 2; nothing else in these trees is touched.
  Pattern OBJECT = Pattern.compile("(files/md5/)?[0-9a-f]{2}/[0-9a-f]{30}(\\.dir)?");

  List<KeptObject> objects() throws IOException;

  InputStream open(String key) throws IOException;

  void delete(String key) throws IOException;

  /// How often to try what may pass.
  Attempts attempts();

  /// How a person would find the object.
  String place(String key);

  static Holding of(Path root) {
    return new Tree(root);
  }

  static Holding of(Remote remote) {
    return remote.directory().isPresent() ? of(remote.directory().get()) : new Bucket(remote);
  }

  /// A cache, or a remote that is a local directory.
  record Tree(Path root) implements Holding {
    @Override
    public List<KeptObject> objects() throws IOException {
      var found = new ArrayList<KeptObject>();
      visit(root.resolve("files").resolve("md5"), found);
      for (int first = 0; first < 256; first++) {
        visit(root.resolve("%02x".formatted(first)), found);
      }
      return found;
    }

    private void visit(Path folder, List<KeptObject> found) throws IOException {
      if (!Files.isDirectory(folder)) {
        return;
      }
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              var key = root.relativize(file).toString().replace('\\', '/');
              if (OBJECT.matcher(key).matches()) {
                found.add(
                    new KeptObject(
                        key,
                        attributes.size(),
                        Optional.of(attributes.lastModifiedTime().toInstant())));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // another process removed it meanwhile
              }
              throw failure;
            }
          });
    }

    @Override
    public Attempts attempts() {
      return Attempts.ONE;
    }

    @Override
    public InputStream open(String key) throws IOException {
      return Files.newInputStream(root.resolve(key));
    }

    @Override
    public void delete(String key) throws IOException {
      Files.deleteIfExists(root.resolve(key));
    }

    @Override
    public String place(String key) {
      return root.resolve(key).toString();
    }
  }

  /// A remote elsewhere.
  record Bucket(Remote remote) implements Holding {
    @Override
    public List<KeptObject> objects() throws IOException {
      var found = new ArrayList<KeptObject>();
      Attempts.OVER_NETWORK.run(
          () -> {
            found.clear();
            for (var object : remote.store().summaries(remote.prefix())) {
              var own = object.key().substring(remote.prefix().length());
              if (OBJECT.matcher(own).matches()) {
                found.add(new KeptObject(own, object.size(), object.modified()));
              }
            }
          });
      return found;
    }

    @Override
    public Attempts attempts() {
      return Attempts.OVER_NETWORK;
    }

    @Override
    public InputStream open(String key) throws IOException {
      return remote.store().open(remote.prefix() + key);
    }

    @Override
    public void delete(String key) throws IOException {
      Attempts.OVER_NETWORK.run(() -> remote.store().delete(remote.prefix() + key));
    }

    @Override
    public String place(String key) {
      return remote.url(key);
    }
  }
}
