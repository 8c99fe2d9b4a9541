package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.config.ConfigFile;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.config.Settings;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is said of another repository beside its own settings, so that its data can be reached: as
/// a `*.dvc` file has it under `repo`.
///
/// @param config a file of settings, or settings by section; empty for none
/// @param remote the name of a remote, or options of the default one; empty for that as it is
public record SourceSettings(Optional<Value> config, Optional<Value> remote) {
  public static final SourceSettings NONE = new SourceSettings(Optional.empty(), Optional.empty());

  private static final String CONFIG = "config";
  private static final String REMOTE = "remote";
  private static final String CORE = "core";

  /// As a command gives it.
  ///
  /// @param file of settings
  /// @param options of that remote, or of the default one
  public static SourceSettings of(
      Optional<String> file, Optional<String> remote, Map<String, String> options) {
    if (options.isEmpty() || remote.isEmpty()) {
      var named = options.isEmpty() ? remote.map(Value::of) : Optional.<Value>of(mapping(options));
      return new SourceSettings(file.map(Value::of), named);
    }
    if (file.isPresent()) {
      throw new PipelineException(
          "--config, --remote and --remote-config do not go together; put the options of the"
              + " remote into the file");
    }
    var remotes = Mapping.EMPTY.with(remote.get(), mapping(options));
    var core = Mapping.EMPTY.with(REMOTE, Value.of(remote.get()));
    return new SourceSettings(
        Optional.of(Mapping.EMPTY.with(CORE, core).with(REMOTE, remotes)), Optional.empty());
  }

  static Mapping mapping(Map<String, String> options) {
    var mapping = Mapping.EMPTY;
    for (var option : options.entrySet()) {
      mapping = mapping.with(option.getKey(), Value.of(option.getValue()));
    }
    return mapping;
  }

  /// @param repository what a `*.dvc` file says of it
  static SourceSettings in(Mapping repository) {
    return new SourceSettings(repository.get(CONFIG), repository.get(REMOTE));
  }

  /// What a `*.dvc` file says, with this.
  Mapping writtenTo(Mapping repository) {
    var written = config.map(value -> repository.with(CONFIG, value)).orElse(repository);
    return remote.isPresent() ? written.with(REMOTE, remote.get()) : written;
  }

  /// The repository's own settings with these over them.
  ///
  /// @param here what the path of a file starts from
  Settings over(Settings own, Path here) throws IOException {
    var merged = own;
    if (config.isPresent()) {
      merged =
          merged.under(
              config.get() instanceof Mapping sections
                  ? settings(sections)
                  : read(here.resolve(YamlReader.text(config.get()))));
    }
    return remote.isPresent() ? merged.under(chosen(merged, remote.get())) : merged;
  }

  private static Settings read(Path file) throws IOException {
    return ConfigFile.parse(Files.readString(file), file.toString()).settings();
  }

  private static Settings settings(Mapping sections) {
    var settings = new LinkedHashMap<ConfigSection, Map<String, String>>();
    for (var section : sections.entries().entrySet()) {
      var name = YamlReader.text(section.getKey());
      var inside = options(section.getValue(), name);
      if (name.equals(REMOTE)) {
        inside
            .entries()
            .forEach(
                (remote, options) ->
                    settings.put(
                        ConfigSection.remote(YamlReader.text(remote)),
                        texts(options(options, YamlReader.text(remote)))));
      } else {
        settings.put(ConfigSection.of(name), texts(inside));
      }
    }
    return new Settings(settings);
  }

  private static Mapping options(Value value, String name) {
    if (value instanceof Mapping options) {
      return options;
    }
    throw new PipelineException(
        "repo.config of a *.dvc file: '%s' must be options with their values".formatted(name));
  }

  static Map<String, String> texts(Mapping mapping) {
    var options = new LinkedHashMap<String, String>();
    mapping
        .entries()
        .forEach((key, value) -> options.put(YamlReader.text(key), YamlReader.text(value)));
    return options;
  }

  private static Settings chosen(Settings merged, Value remote) {
    var core = ConfigSection.of(CORE);
    if (!(remote instanceof Mapping options)) {
      return new Settings(Map.of(core, Map.of(REMOTE, YamlReader.text(remote))));
    }
    var usual =
        merged
            .find(core, REMOTE)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "--remote-config: the repository has no default remote; name one with"
                            + " --remote"));
    return new Settings(Map.of(ConfigSection.remote(usual), texts(options)));
  }
}
