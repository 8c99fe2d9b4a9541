package io.mlopscore.pipeline.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where the files of each level are, on every system as `dvc` has it.
///
/// @param files by level; those of the repository only inside one
/// @param home what `~` stands for
public record ConfigLocations(Map<ConfigLevel, Path> files, Path home) {
  private static final String FILE = "config";

  public ConfigLocations {
    files = new EnumMap<>(files);
  }

  /// @param repository the directory `.dvc`; empty outside of repositories
  /// @param environment `DVC_SYSTEM_CONFIG_DIR`, `DVC_GLOBAL_CONFIG_DIR`, `HOME` and what the
  ///     system has for such places
  public static ConfigLocations of(Optional<Path> repository, Map<String, String> environment) {
    var places = new Places(environment, System.getProperty("os.name").toLowerCase(Locale.ROOT));
    var files = new EnumMap<ConfigLevel, Path>(ConfigLevel.class);
    files.put(ConfigLevel.SYSTEM, places.system().resolve(FILE));
    files.put(ConfigLevel.GLOBAL, places.user().resolve(FILE));
    repository.ifPresent(
        directory -> {
          files.put(ConfigLevel.PROJECT, directory.resolve(FILE));
          files.put(ConfigLevel.LOCAL, directory.resolve(FILE + ".local"));
        });
    return new ConfigLocations(files, places.home());
  }

  /// @param os the name of the operating system, in lower case
  record Places(Map<String, String> environment, String os) {
    Path home() {
      return directory("HOME", Path.of(System.getProperty("user.home")));
    }

    private Path directory(String variable, Path otherwise) {
      var value = environment.getOrDefault(variable, "");
      return value.isBlank() ? otherwise : Path.of(value);
    }

    private boolean isMac() {
      return os.startsWith("mac");
    }

    private boolean isWindows() {
      return os.startsWith("win");
    }

    Path system() {
      Path usual;
      if (isWindows()) {
        usual = windows(directory("ProgramData", Path.of("C:/ProgramData")));
      } else if (isMac()) {
        usual = Path.of("/Library/Application Support/dvc");
      } else {
        var first = environment.getOrDefault("XDG_CONFIG_DIRS", "").split(":", 2)[0];
        usual = Path.of(first.isBlank() ? "/etc/xdg" : first).resolve("dvc");
      }
      return directory("DVC_SYSTEM_CONFIG_DIR", usual);
    }

    Path user() {
      Path usual;
      if (isWindows()) {
        usual = windows(directory("LOCALAPPDATA", home().resolve("AppData").resolve("Local")));
      } else if (isMac()) {
        usual = home().resolve("Library").resolve("Application Support").resolve("dvc");
      } else {
        usual = directory("XDG_CONFIG_HOME", home().resolve(".config")).resolve("dvc");
      }
      return directory("DVC_GLOBAL_CONFIG_DIR", usual);
    }

    private static Path windows(Path directory) {
      return directory.resolve("iterative").resolve("dvc");
    }

    /// What several users of the machine share of what can be made again.
    Path shared() {
      Path usual;
      if (isWindows()) {
        usual = windows(directory("ProgramData", Path.of("C:/ProgramData"))).resolve("Cache");
      } else {
        usual = Path.of(isMac() ? "/Library/Caches/dvc" : "/var/tmp/dvc");
      }
      return directory("DVC_SITE_CACHE_DIR", usual);
    }
  }
}
