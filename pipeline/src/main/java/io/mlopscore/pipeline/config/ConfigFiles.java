package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.WholeFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The settings files of all levels.
public final class ConfigFiles {
  private final ConfigLocations locations;

  public ConfigFiles(ConfigLocations locations) {
    this.locations = locations;
  }

  /// @param repository the directory `.dvc`; empty outside of repositories
  public static ConfigFiles of(Optional<Path> repository, Map<String, String> environment) {
    return new ConfigFiles(ConfigLocations.of(repository, environment));
  }

  /// @throws ConfigException when the level belongs to a repository and there is none
  public Path path(ConfigLevel level) {
    var path = locations.files().get(level);
    if (path == null) {
      throw new ConfigException("this is not inside a DVC repository; --global and --system work");
    }
    return path;
  }

  public boolean has(ConfigLevel level) {
    return locations.files().containsKey(level);
  }

  /// The settings of one file, with absolute paths.
  public Settings read(ConfigLevel level) throws IOException {
    return paths(level).resolve(file(level).settings());
  }

  /// The settings of all levels, later ones over earlier ones; not checked.
  public Settings merged() throws IOException {
    var merged = Settings.empty();
    for (var level : ConfigLevel.values()) {
      if (has(level)) {
        merged = merged.under(read(level));
      }
    }
    return merged;
  }

  /// The settings of all levels.
  ///
  /// @throws ConfigException when something in them is unknown or wrong
  public Settings checked() throws IOException {
    return merged().checked();
  }

  /// Changes one file.
  ///
  /// @throws ConfigException when the settings were wrong afterwards; the file stays as it was
  public void edit(ConfigLevel level, UnaryOperator<ConfigFile> change) throws IOException {
    edit(List.of(level), change);
  }

  /// Changes several files, all or none.
  void edit(List<ConfigLevel> levels, UnaryOperator<ConfigFile> change) throws IOException {
    var changed = new EnumMap<ConfigLevel, ConfigFile>(ConfigLevel.class);
    var merged = Settings.empty();
    for (var level : ConfigLevel.values()) {
      if (levels.contains(level)) {
        var after = change.apply(file(level));
        changed.put(level, after);
        merged = merged.under(paths(level).resolve(after.settings()));
      } else if (has(level)) {
        merged = merged.under(read(level));
      }
    }
    ConfigSchema.check(merged);
    for (var each : changed.entrySet()) {
      if (!each.getValue().text().equals(file(each.getKey()).text())) {
        write(path(each.getKey()), each.getValue().text());
      }
    }
  }

  /// A path as it is written into a file of this level.
  ///
  /// @param typed relative to `from`
  public String written(
      ConfigLevel level, ConfigSection section, String key, String typed, Path from) {
    return ConfigPaths.isPath(section, key) ? paths(level).written(typed, from) : typed;
  }

  private ConfigPaths paths(ConfigLevel level) {
    return new ConfigPaths(path(level).resolveSibling("").toAbsolutePath(), locations.home());
  }

  private ConfigFile file(ConfigLevel level) throws IOException {
    var path = path(level);
    try {
      return ConfigFile.parse(Files.exists(path) ? Files.readString(path) : "", path.toString());
    } catch (CharacterCodingException _) {
      throw new ConfigException(path + ": this is no UTF-8 text");
    }
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.resolveSibling(""));
    WholeFile.write(path, text);
  }
}
