package io.mlopscore.tracking.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Folders of the file store whose files are entries: the name is the key, where a `/` of the key
/// is a folder, and the content is the value.
final class Entries {
  private Entries() {}

  /// The values below a folder by key; empty when it is not there.
  static Map<String, String> values(Path folder) {
    var values = new TreeMap<String, String>();
    files(folder).forEach((key, file) -> values.put(key, content(file)));
    return values;
  }

  /// The files below a folder by key; empty when it is not there.
  static Map<String, Path> files(Path folder) {
    var files = new TreeMap<String, Path>();
    if (Files.isDirectory(folder)) {
      try (var all = Files.walk(folder)) {
        all.filter(Files::isRegularFile)
            .forEach(
                file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
      } catch (IOException | UncheckedIOException e) {
        throw MetaFile.unusable(folder, e.toString(), e);
      }
    }
    return files;
  }

  /// The folders right below a folder, by name.
  static List<Path> folders(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var all = Files.list(folder)) {
      return all.filter(Files::isDirectory).filter(wanted).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw MetaFile.unusable(folder, e.toString(), e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw MetaFile.unusable(file, e.toString(), e);
    }
  }
}
