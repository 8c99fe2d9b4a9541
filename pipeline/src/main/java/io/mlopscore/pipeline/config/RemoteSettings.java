package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes to the remotes in the settings, as the commands `remote ...` make them.
public final class RemoteSettings {
  private static final ConfigSection CORE = ConfigSection.of("core");
  private static final String DEFAULT = "remote";

  private final ConfigFiles files;
  private final ConfigLevel level;
  private final Path directory;

  /// @param level whose file is changed
  /// @param directory that paths are relative to, absolute
  public RemoteSettings(ConfigFiles files, ConfigLevel level, Path directory) {
    this.files = files;
    this.level = level;
    this.directory = directory;
  }

  /// @param replace whether one that is there already gives way
  /// @param asDefault whether it becomes the default remote
  public void add(String remote, String url, boolean replace, boolean asDefault)
      throws IOException {
    var section = ConfigSection.remote(remote);
    if (files.read(level).has(section) && !replace) {
      throw new ConfigException(
          "remote '%s' already exists; --force overwrites it".formatted(section.name()));
    }
    var written = files.written(level, section, "url", url, directory);
    files.edit(
        level,
        file -> {
          var changed = file;
          for (var key : file.settings().options(section).keySet()) {
            changed = changed.without(section, key);
          }
          changed = changed.with(section, "url", written);
          return asDefault ? changed.with(CORE, DEFAULT, section.name()) : changed;
        });
  }

  /// Sets an option of a remote that this file or one before it has.
  public void set(String remote, String option, String value) throws IOException {
    var section = known(remote);
    var key = option.toLowerCase(Locale.ROOT);
    var written = files.written(level, section, key, value, directory);
    files.edit(level, file -> file.with(section, key, written));
  }

  public void unset(String remote, String option) throws IOException {
    var section = known(remote);
    files.edit(level, file -> file.without(section, option.toLowerCase(Locale.ROOT)));
  }

  private ConfigSection known(String remote) throws IOException {
    var section = ConfigSection.remote(remote);
    for (var earlier : ConfigLevel.values()) {
      if (earlier.compareTo(level) <= 0 && files.has(earlier) && files.read(earlier).has(section)) {
        return section;
      }
    }
    throw missing(section);
  }

  private static ConfigException missing(ConfigSection section) {
    return new ConfigException(
        "remote '%s' doesn't exist; `mlops remote list` shows those there are"
            .formatted(section.name()));
  }

  /// Removes a remote, and what later files say about it.
  public void remove(String remote) throws IOException {
    var section = own(remote);
    laterFirst(file -> forget(file.without(section), section.name()));
  }

  private ConfigSection own(String remote) throws IOException {
    var section = ConfigSection.remote(remote);
    if (!files.read(level).has(section)) {
      throw missing(section);
    }
    return section;
  }

  private static ConfigFile forget(ConfigFile file, String remote) {
    return isDefault(file, remote) ? file.without(CORE, DEFAULT) : file;
  }

  private static boolean isDefault(ConfigFile file, String remote) {
    return file.settings().find(CORE, DEFAULT).filter(remote::equalsIgnoreCase).isPresent();
  }

  /// Renames a remote, in later files too.
  public void rename(String remote, String name) throws IOException {
    var from = own(remote);
    var to = ConfigSection.remote(name);
    if (files.merged().has(to)) {
      throw new ConfigException("remote '%s' already exists".formatted(to.name()));
    }
    laterFirst(
        file -> {
          var changed = file.without(from);
          for (var option : file.settings().options(from).entrySet()) {
            changed = changed.with(to, option.getKey(), option.getValue());
          }
          return isDefault(file, from.name()) ? changed.with(CORE, DEFAULT, to.name()) : changed;
        });
  }

  /// The files after the changed one are in its shadow: all change, or none.
  private void laterFirst(UnaryOperator<ConfigFile> change) throws IOException {
    var levels =
        List.of(ConfigLevel.values()).reversed().stream()
            .filter(each -> each.compareTo(level) >= 0 && files.has(each))
            .toList();
    files.edit(levels, change);
  }

  /// The name of the default remote.
  ///
  /// @param only look into this file alone
  public static Optional<String> defaultRemote(ConfigFiles files, Optional<ConfigLevel> only)
      throws IOException {
    var settings = only.isPresent() ? files.read(only.get()) : files.merged();
    return settings.find(CORE, DEFAULT);
  }

  public void makeDefault(String remote) throws IOException {
    var section = known(remote);
    files.edit(level, file -> file.with(CORE, DEFAULT, section.name()));
  }

  public void unsetDefault() throws IOException {
    files.edit(level, file -> file.without(CORE, DEFAULT));
  }
}
