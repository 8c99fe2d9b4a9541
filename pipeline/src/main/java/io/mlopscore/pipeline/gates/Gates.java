package io.mlopscore.pipeline.gates;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The gates of a project: the section `gates` of its `mlops.yaml`.
public final class Gates {
  /// The file of a project that has them.
  public static final String FILE = "mlops.yaml";

  private static final Set<String> KEYS =
      Set.of("metric", "min", "max", "max_drop", "higher_is_better");

  private Gates() {}

  /// The gates of the project in a folder; none when it has no such file or section.
  ///
  /// @throws PipelineException naming file and line of what is wrong
  public static List<Gate> in(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    return Files.isRegularFile(file)
        ? read(YamlReader.mapping(file).get("gates"), FILE)
        : List.of();
  }

  /// Reads one written in a line, such as `accuracy:min=0.9,max_drop=0.01`.
  public static Gate parse(String text) {
    var parts = new LinkedHashMap<Value, Value>();
    int colon = text.lastIndexOf(':');
    for (var part : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw unreadable(text);
      }
      var value = YamlReader.read(part.substring(equals + 1), text);
      parts.put(Value.of(part.substring(0, equals).strip()), value);
    }
    if (parts.isEmpty()) {
      throw unreadable(text);
    }
    return gate(new Mapping(parts).with("metric", Value.of(text.substring(0, colon))), text);
  }

  private static PipelineException unreadable(String text) {
    return new PipelineException(
        "'%s' is no gate; write it as METRIC:min=0.9,max=1,max_drop=0.01,higher_is_better=true"
            .formatted(text));
  }

  /// Gates, of which later ones replace those on the same metric.
  public static List<Gate> joined(List<Gate> gates, List<Gate> more) {
    var joined = new LinkedHashMap<String, Gate>();
    gates.forEach(gate -> joined.put(gate.metric(), gate));
    more.forEach(gate -> joined.put(gate.metric(), gate));
    return List.copyOf(joined.values());
  }

  private static List<Gate> read(Optional<Value> section, String file) {
    if (section.isEmpty() || section.get() instanceof Value.Null) {
      return List.of();
    }
    if (!(section.get() instanceof Items(var items))) {
      throw new PipelineException(file + ": 'gates' must be a list, each with '- metric: NAME'");
    }
    var gates = new ArrayList<Gate>();
    for (int i = 0; i < items.size(); i++) {
      var where = "%s: gates[%d]".formatted(file, i);
      if (!(items.get(i) instanceof Mapping mapping)) {
        throw new PipelineException(where + " must be a mapping with a 'metric'");
      }
      gates.add(gate(mapping, where));
    }
    requireDistinct(gates, file);
    return gates;
  }

  private static void requireDistinct(List<Gate> gates, String file) {
    var seen = new HashSet<String>();
    for (var gate : gates) {
      if (!seen.add(gate.metric())) {
        throw new PipelineException(
            "%s: there are two gates on '%s'; make them one".formatted(file, gate.metric()));
      }
    }
  }

  private static Gate gate(Mapping mapping, String where) {
    for (var key : mapping.entries().keySet()) {
      if (!KEYS.contains(YamlReader.text(key))) {
        throw new PipelineException(
            "%s: unknown key '%s'; known are metric, min, max, max_drop, higher_is_better"
                .formatted(where, YamlReader.text(key)));
      }
    }
    if (!(mapping.get("metric").orElse(Value.none()) instanceof Text(var metric))) {
      throw new PipelineException(where + ": 'metric' must be the name of a metric");
    }
    try {
      return new Gate(
          metric,
          number(mapping, "min"),
          number(mapping, "max"),
          number(mapping, "max_drop"),
          isTrue(mapping, "higher_is_better"));
    } catch (PipelineException e) {
      throw new PipelineException(where + ": " + e.getMessage(), e);
    }
  }

  private static Optional<BigDecimal> number(Mapping mapping, String key) {
    return switch (mapping.get(key).orElse(Value.none())) {
      case Value.Null() -> Optional.empty();
      case Int(var number) -> Optional.of(new BigDecimal(number));
      case Real(var number) when Double.isFinite(number) -> Optional.of(BigDecimal.valueOf(number));
      case Value other ->
          throw new PipelineException(
              "'%s' must be a number, not %s".formatted(key, other.typeName()));
    };
  }

  private static boolean isTrue(Mapping mapping, String key) {
    return switch (mapping.get(key).orElse(new Bool(true))) {
      case Bool(var value) -> value;
      case Value other ->
          throw new PipelineException(
              "'%s' must be true or false, not %s".formatted(key, other.typeName()));
    };
  }
}
