package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigLevel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Whose settings a command is about.
final class LevelOptions {
  static final class Level {
    @Option(names = "--global", description = "The settings of the user.")
    private boolean global;

    @Option(names = "--system", description = "The settings of the machine.")
    private boolean system;

    /// What is meant by none of the others, so that nobody asks for it.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--project", description = "The settings of the project, .dvc/config.")
    private boolean project;

    @Option(
        names = "--local",
        description = "The settings that git does not keep, .dvc/config.local.")
    private boolean local;

    private ConfigLevel level() {
      if (global) {
        return ConfigLevel.GLOBAL;
      }
      if (system) {
        return ConfigLevel.SYSTEM;
      }
      return local ? ConfigLevel.LOCAL : ConfigLevel.PROJECT;
    }
  }

  @ArgGroup(exclusive = true)
  private @Nullable Level chosen;

  /// Empty when none was named.
  Optional<ConfigLevel> chosen() {
    return Optional.ofNullable(chosen).map(Level::level);
  }

  /// Where is written when none was named: into the project's.
  ConfigLevel toChange() {
    return chosen().orElse(ConfigLevel.PROJECT);
  }

  static ConfigFiles files() {
    var repository = Repository.findRoot(Path.of("")).map(root -> root.resolve(".dvc"));
    return ConfigFiles.of(repository, System.getenv());
  }
}
