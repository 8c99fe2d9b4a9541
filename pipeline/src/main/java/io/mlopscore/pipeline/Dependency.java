package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// A file or directory that a stage reads.
///
/// @param path as written: relative to the stage's directory, or a URL
/// @param file absolute; for a URL that only the network leads to, a path where nothing can be
public record Dependency(String path, Path file) {
  private static final Pattern URL = Pattern.compile("(?!file:)[a-z][a-z0-9+.-]*://.*");

  /// @param directory where the stage runs
  /// @throws ConfigException when a URL names a remote that is not there
  static Dependency of(String path, Path directory, Config config) {
    if (!isUrl(path)) {
      return new Dependency(path, directory.resolve(path).normalize());
    }
    var target = config.located(path).map(RemoteConfig::url).orElse(path);
    return new Dependency(path, isUrl(target) ? nowhere(target) : Path.of(target).normalize());
  }

  static boolean isUrl(String path) {
    return URL.matcher(path).matches();
  }

  private static Path nowhere(String url) {
    return Path.of("/").resolve(url);
  }

  /// Whether a URL leads to it, if only to a folder of this machine that is a remote.
  public boolean isUrl() {
    return isUrl(path);
  }

  /// Whether only the network leads to it.
  public boolean isElsewhere() {
    return isUrl() && file.getName(0).toString().endsWith(":");
  }
}
