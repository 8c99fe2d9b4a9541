package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops cache`: as `dvc cache`.
@Command(
    description = "Says where the cache is.",
    mixinStandardHelpOptions = true,
    subcommands = {CacheCommand.Directory.class})
public final class CacheCommand implements Callable<Integer> {
  private static final ConfigSection CACHE = ConfigSection.of("cache");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "one of the commands is missing");
  }

  @Command(
      name = "dir",
      description = "Shows or changes where the cache is.",
      mixinStandardHelpOptions = true)
  static final class Directory implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(
        arity = "0..1",
        paramLabel = "DIRECTORY",
        description = "Where it is from now on; what is in the old one stays there.")
    private @Nullable String directory;

    @Option(
        names = {"-u", "--unset"},
        description = "Have it in .dvc/cache.")
    private boolean unset;

    @Override
    public Integer call() throws IOException {
      var files = LevelOptions.files();
      if (unset) {
        if (files.read(level.toChange()).find(CACHE, "dir").isEmpty()) {
          throw new ConfigException("option 'dir' doesn't exist in 'cache'");
        }
        files.edit(level.toChange(), file -> file.without(CACHE, "dir"));
      } else if (directory != null) {
        var here = Path.of("").toAbsolutePath();
        var written = files.written(level.toChange(), CACHE, "dir", directory, here);
        files.edit(level.toChange(), file -> file.with(CACHE, "dir", written));
      } else {
        System.out.println(shown(files));
      }
      return 0;
    }

    private String shown(ConfigFiles files) throws IOException {
      var chosen = level.chosen();
      var settings = chosen.isPresent() ? files.read(chosen.get()) : files.checked();
      var set = settings.find(CACHE, "dir");
      if (set.isEmpty() && chosen.isPresent()) {
        throw new ConfigException("option 'dir' doesn't exist in 'cache'");
      }
      return set.orElseGet(
          () -> Repository.rootAround(Path.of("")).resolve(".dvc").resolve("cache").toString());
    }
  }
}
