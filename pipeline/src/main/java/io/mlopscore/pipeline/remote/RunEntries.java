package io.mlopscore.pipeline.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The entries of the run cache: `runs/ab/<key>/<value>`, both SHA-256.
final class RunEntries {
  private static final Pattern KEY =
      Pattern.compile("runs/([0-9a-f]{2})/(\\1[0-9a-f]{62})/[0-9a-f]{64}");

  private RunEntries() {}

  static boolean isEntry(String key) {
    return KEY.matcher(key).matches();
  }

  static List<StoredObject> in(Path cacheRoot) throws IOException {
    var runs = cacheRoot.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (var files = Files.walk(runs)) {
      return files
          .map(file -> cacheRoot.relativize(file).toString().replace('\\', '/'))
          .filter(RunEntries::isEntry)
          .sorted()
          .map(key -> new StoredObject(key, key))
          .toList();
    }
  }

  static List<StoredObject> at(Remote remote) throws IOException {
    if (remote.directory().isPresent()) {
      return in(remote.directory().get());
    }
    return remote.store().list(remote.prefix() + "runs/").stream()
        .map(key -> key.substring(remote.prefix().length()))
        .filter(RunEntries::isEntry)
        .map(key -> new StoredObject(key, key))
        .toList();
  }
}
