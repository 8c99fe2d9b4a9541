package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// How a stage is run, from `meta: mlops:` of its definition, where `dvc` looks at nothing.
///
/// @param mutexes stages that name the same one never run side by side
/// @param resources amounts taken while it runs, such as `gpu: 1`
/// @param retries how often a failed run is repeated
/// @param retryDelay before each repetition
/// @param timeout of a run, all commands together
public record StagePolicy(
    Set<String> mutexes,
    Map<String, Double> resources,
    int retries,
    Duration retryDelay,
    Optional<Duration> timeout) {
  static final StagePolicy NONE =
      new StagePolicy(Set.of(), Map.of(), 0, Duration.ZERO, Optional.empty());

  private static final Set<String> KEYS =
      Set.of("mutex", "resources", "retries", "retry_delay", "timeout");
  private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|h|d)?");

  public StagePolicy {
    mutexes = Set.copyOf(mutexes);
    resources = Map.copyOf(resources);
  }

  /// @throws PipelineException when the stage's settings cannot be read
  static StagePolicy of(Stage stage) {
    if (!(stage.meta() instanceof Mapping meta)
        || !(meta.get("mlops").orElse(Value.none()) instanceof Mapping settings)) {
      return NONE;
    }
    for (var key : settings.entries().keySet()) {
      if (!KEYS.contains(YamlReader.text(key))) {
        throw wrong(stage, YamlReader.text(key), "is unknown; known are " + new TreeSet<>(KEYS));
      }
    }
    return new StagePolicy(
        mutexes(settings),
        resources(stage, settings),
        (int) number(stage, "retries", settings.get("retries").orElse(Value.of(0))),
        time(stage, settings, "retry_delay").orElse(Duration.ZERO),
        time(stage, settings, "timeout"));
  }

  private static Set<String> mutexes(Mapping settings) {
    var names = new TreeSet<String>();
    switch (settings.get("mutex").orElse(Value.none())) {
      case Value.Null() -> {}
      case Items(var values) -> values.forEach(value -> names.add(YamlReader.text(value)));
      case Value name -> names.add(YamlReader.text(name));
    }
    return names;
  }

  private static Map<String, Double> resources(Stage stage, Mapping settings) {
    var amounts = new LinkedHashMap<String, Double>();
    if (settings.get("resources").orElse(Mapping.EMPTY) instanceof Mapping resources) {
      resources
          .entries()
          .forEach(
              (name, amount) -> {
                var key = YamlReader.text(name);
                amounts.put(key, number(stage, "resources." + key, amount));
              });
    } else {
      throw wrong(stage, "resources", "must be a mapping of names to amounts");
    }
    return amounts;
  }

  private static double number(Stage stage, String key, Value value) {
    return switch (value) {
      case Int(var number) when number.signum() >= 0 -> number.doubleValue();
      case Real(var number) when number >= 0 -> number;
      case Value _ -> throw wrong(stage, key, "must be a number that is not negative");
    };
  }

  private static Optional<Duration> time(Stage stage, Mapping settings, String key) {
    return settings.get(key).map(value -> time(stage, key, value));
  }

  private static Duration time(Stage stage, String key, Value value) {
    var matcher = TIME.matcher(value instanceof Text(var text) ? text : YamlReader.text(value));
    if (!matcher.matches()) {
      throw wrong(stage, key, "must be seconds, or a time such as 90s, 10m or 2h");
    }
    var unit = matcher.group(2) == null ? "s" : matcher.group(2);
    double seconds =
        switch (unit) {
          case "ms" -> 0.001;
          case "m" -> 60;
          case "h" -> 3600;
          case "d" -> 86400;
          default -> 1;
        };
    return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * seconds * 1000));
  }

  private static PipelineException wrong(Stage stage, String key, String problem) {
    return new PipelineException(
        "stage '%s': meta.mlops.%s %s".formatted(stage.address(), key, problem));
  }
}
