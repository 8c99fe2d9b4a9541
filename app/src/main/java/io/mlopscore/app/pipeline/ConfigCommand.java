package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigLevel;
import io.mlopscore.pipeline.config.ConfigSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops config`: as `dvc config`.
@Command(description = "Reads and changes settings.", mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("(?:(remote|db)\\.)?([^.]*)\\.([^.]*)");

  private static final ConfigSection FEATURES = ConfigSection.of("feature");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final LevelOptions level = new LevelOptions();

  @Option(
      names = {"-u", "--unset"},
      description = "Remove the option.")
  private boolean unset;

  @Option(
      names = {"-l", "--list"},
      description = "Show all options that are set.")
  private boolean list;

  @Option(names = "--show-origin", description = "Show the file of each option.")
  private boolean showOrigin;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "section.option, remote.NAME.option or db.NAME.option.")
  private @Nullable String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "What the option becomes (its value is shown).")
  private @Nullable String value;

  @Override
  public Integer call() throws IOException {
    var wrong = wrongTogether();
    if (wrong != null) {
      System.err.println("ERROR: " + wrong);
      return 1;
    }
    var files = LevelOptions.files();
    if (list) {
      return list(files);
    }
    var matcher = NAME.matcher(Objects.requireNonNull(name));
    if (!matcher.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' should look like section.option or remote.name.option".formatted(name));
    }
    var kind = matcher.group(1) == null ? "" : matcher.group(1);
    var section = new ConfigSection(kind, matcher.group(2));
    var option = matcher.group(3).toLowerCase(Locale.ROOT);
    return value == null && !unset ? get(files, section, option) : set(files, section, option);
  }

  private @Nullable String wrongTogether() {
    if (showOrigin && (value != null || unset)) {
      return "--show-origin goes neither with --unset nor with a value";
    }
    if (list && (name != null || unset)) {
      return "--list goes neither with --unset nor with a name";
    }
    return list || name != null ? null : "the name of an option is missing";
  }

  private int list(ConfigFiles files) throws IOException {
    for (var each : levels(files)) {
      var origin = origin(files, each);
      files.read(each).listed().forEach(line -> System.out.println(origin + line));
    }
    return 0;
  }

  private List<ConfigLevel> levels(ConfigFiles files) {
    return level
        .chosen()
        .map(List::of)
        .orElseGet(() -> List.of(ConfigLevel.values()).stream().filter(files::has).toList());
  }

  private String origin(ConfigFiles files, ConfigLevel each) {
    if (!showOrigin) {
      return "";
    }
    var path = files.path(each);
    var root = Repository.findRoot(Path.of(""));
    var shown = each.isOfRepository() && root.isPresent() ? root.get().relativize(path) : path;
    return shown + "\t";
  }

  /// The last file that has the option tells; without one nothing is printed.
  private int get(ConfigFiles files, ConfigSection section, String option) throws IOException {
    for (var each : levels(files).reversed()) {
      var found = files.read(each).find(section, option);
      if (found.isPresent()) {
        System.out.println(origin(files, each) + found.get());
        return 0;
      }
    }
    if (level.chosen().isPresent()) {
      throw missing(section, option);
    }
    return 0;
  }

  private int set(ConfigFiles files, ConfigSection section, String option) throws IOException {
    var target = level.toChange();
    if (unset) {
      if (files.read(target).find(section, option).isEmpty()) {
        throw missing(section, option);
      }
      files.edit(target, file -> file.without(section, option));
      warnOfFeatures(files);
      return 0;
    }
    var here = Path.of("").toAbsolutePath();
    var typed = Objects.requireNonNull(value);
    var written = files.written(target, section, option, typed, here);
    files.edit(target, file -> file.with(section, option, written));
    if (section.label().equals("cache") && option.equals("type")) {
      System.err.println(
          "WARNING: files that are linked already stay as they are; `mlops checkout --relink`"
              + " links them anew");
    }
    warnOfFeatures(files);
    return 0;
  }

  /// The section `feature` takes any option, so that a misspelt one is no error.
  private static void warnOfFeatures(ConfigFiles files) throws IOException {
    var names = files.merged().options(FEATURES).keySet();
    if (!names.isEmpty()) {
      RemoteOptions.warn(
          "'feature.%s' config %s unsupported"
              .formatted(
                  String.join("', 'feature.", new TreeSet<>(names)),
                  names.size() == 1 ? "option is" : "options are"));
    }
  }

  private static ConfigException missing(ConfigSection section, String option) {
    return new ConfigException(
        "option '%s' doesn't exist in '%s'".formatted(option, section.label()));
  }
}
