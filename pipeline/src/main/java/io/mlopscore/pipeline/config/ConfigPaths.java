package io.mlopscore.pipeline.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Options that are paths: relative to the file that they stand in, absolute everywhere else.
final class ConfigPaths {
  private static final Pattern URL = Pattern.compile("\\w+://.*");
  private static final Set<String> OF_REMOTES =
      Set.of(
          "url",
          "gdrive_user_credentials_file",
          "gdrive_service_account_json_file_path",
          "credentialpath",
          "configpath",
          "keyfile",
          "cert_path",
          "key_path");

  private final Path directory;
  private final Path home;

  /// @param directory of the file, absolute
  ConfigPaths(Path directory, Path home) {
    this.directory = directory;
    this.home = home;
  }

  static boolean isPath(ConfigSection section, String key) {
    return switch (section.kind()) {
      case "remote" -> OF_REMOTES.contains(key);
      case "" -> section.name().equals("cache") && key.equals("dir");
      default -> false;
    };
  }

  /// The settings of the file with absolute paths.
  Settings resolve(Settings written) {
    var sections = new LinkedHashMap<ConfigSection, Map<String, String>>();
    written
        .sections()
        .forEach(
            (section, options) -> {
              var resolved = new LinkedHashMap<>(options);
              resolved.replaceAll((key, value) -> isPath(section, key) ? resolve(value) : value);
              sections.put(section, resolved);
            });
    return new Settings(sections);
  }

  private String resolve(String value) {
    if (URL.matcher(value).matches()) {
      return value;
    }
    if (value.equals("~") || value.startsWith("~/")) {
      return home + value.substring(1);
    }
    return directory.resolve(value).normalize().toString();
  }

  /// A path that was typed in `from`, as it is written into the file.
  String written(String value, Path from) {
    boolean kept =
        URL.matcher(value).matches() || value.startsWith("~") || Path.of(value).isAbsolute();
    if (kept) {
      return value;
    }
    var relative = directory.relativize(from.resolve(value).normalize()).toString();
    return relative.isEmpty() ? "." : relative.replace('\\', '/');
  }
}
