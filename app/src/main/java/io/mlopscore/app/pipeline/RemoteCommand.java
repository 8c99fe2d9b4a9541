package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.config.RemoteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops remote`: as `dvc remote`.
@Command(
    description = "Says where data is kept for others.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RemoteCommand.Add.class,
      RemoteCommand.Default.class,
      RemoteCommand.Modify.class,
      RemoteCommand.Listing.class,
      RemoteCommand.Remove.class,
      RemoteCommand.Rename.class
    })
public final class RemoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "one of the commands is missing");
  }

  private static RemoteSettings settings(LevelOptions level) {
    return new RemoteSettings(LevelOptions.files(), level.toChange(), Path.of("").toAbsolutePath());
  }

  @Command(name = "add", description = "Adds a remote.", mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "URL", description = "A directory or a URL.")
    private String url = "";

    @Option(
        names = {"-d", "--default"},
        description = "Make it the default remote.")
    private boolean asDefault;

    @Option(
        names = {"-f", "--force"},
        description = "Overwrite one of this name.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
      if (asDefault) {
        System.out.println(
            "Setting '%s' as a default remote.".formatted(name.toLowerCase(Locale.ROOT)));
      }
      settings(level).add(name, url, force, asDefault);
      return 0;
    }
  }

  @Command(
      name = "default",
      description = "Shows or changes the default remote.",
      mixinStandardHelpOptions = true)
  static final class Default implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The new one.")
    private @Nullable String name;

    @Option(
        names = {"-u", "--unset"},
        description = "Have no default remote.")
    private boolean unset;

    @Override
    public Integer call() throws IOException {
      if (unset) {
        settings(level).unsetDefault();
      } else if (name != null) {
        settings(level).makeDefault(name);
      } else {
        var found = RemoteSettings.defaultRemote(LevelOptions.files(), level.chosen());
        System.out.println(found.orElse("No default remote set"));
        return found.isPresent() ? 0 : 1;
      }
      return 0;
    }
  }

  @Command(
      name = "modify",
      description = "Changes an option of a remote.",
      mixinStandardHelpOptions = true)
  static final class Modify implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The remote.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "OPTION", description = "What is changed.")
    private String option = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "Its value.")
    private @Nullable String value;

    @Option(
        names = {"-u", "--unset"},
        description = "Remove the option.")
    private boolean unset;

    @Override
    public Integer call() throws IOException {
      if (unset) {
        settings(level).unset(name, option);
      } else if (value != null) {
        settings(level).set(name, option, value);
      } else {
        throw new ConfigException("'%s' needs a value, or --unset".formatted(option));
      }
      return 0;
    }
  }

  @Command(name = "list", description = "Lists the remotes.", mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Override
    public Integer call() throws IOException {
      var files = LevelOptions.files();
      var chosen = level.chosen();
      var settings = chosen.isPresent() ? files.read(chosen.get()) : files.merged();
      var byDefault = RemoteSettings.defaultRemote(files, chosen).orElse("");
      for (var name : settings.names("remote")) {
        var url = settings.find(ConfigSection.remote(name), "url").orElse("(no url)");
        var mark = name.equalsIgnoreCase(byDefault) ? "(default)" : "";
        System.out.println((column(name) + column(url) + mark).stripTrailing());
      }
      return 0;
    }

    /// With blanks up to the next column of eight, as a tab would show.
    private static String column(String text) {
      return text + " ".repeat(8 - text.length() % 8);
    }
  }

  @Command(name = "remove", description = "Removes a remote.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(paramLabel = "NAME", description = "The remote; what it keeps stays.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      settings(level).remove(name);
      return 0;
    }
  }

  @Command(name = "rename", description = "Renames a remote.", mixinStandardHelpOptions = true)
  static final class Rename implements Callable<Integer> {
    @Mixin private final LevelOptions level = new LevelOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The remote.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
    private String renamed = "";

    @Override
    public Integer call() throws IOException {
      settings(level).rename(name, renamed);
      return 0;
    }
  }
}
