package io.mlopscore.monitoring;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The service levels of all services, as a file like `deploy/slo.yaml` has them.
///
/// @param days how long the period is that the promises are for
/// @param runbook address of the page that says what to do; has a section for each objective
public record ServiceLevels(int days, String runbook, List<ServiceLevel> services) {
  public ServiceLevels {
    services = List.copyOf(services);
  }

  /// @throws SloException saying what is wrong with the file, and where
  public static ServiceLevels read(Path file) throws IOException {
    try {
      return new SloFile(file).levels(YamlReader.mapping(file));
    } catch (NoSuchFileException e) {
      throw new SloException(file + ": there is no such file; name it with --slo", e);
    }
  }

  /// The reader of one file, which is named in every message.
  private record SloFile(Path file) {
    ServiceLevels levels(Mapping top) {
      only(top, "the file", Set.of("days", "runbook", "services"));
      var services = new ArrayList<ServiceLevel>();
      for (var entry : mapping(top, "services", "the file").entries().entrySet()) {
        services.add(service(YamlReader.text(entry.getKey()), entry.getValue()));
      }
      return new ServiceLevels(days(top), text(top, "runbook", "the file"), services);
    }

    private int days(Mapping top) {
      if (top.get("days").orElse(Value.none()) instanceof Int(var days)
          && days.signum() > 0
          && days.bitLength() < 9) {
        return days.intValue();
      }
      throw wrong("'days' must be the length of the period, a whole number such as 28");
    }

    private ServiceLevel service(String name, Value value) {
      if (!name.matches("[a-z][a-z0-9_]*") || !(value instanceof Mapping service)) {
        throw wrong("service '" + name + "' must be a mapping named by a-z, 0-9 and '_'");
      }
      var where = "service '" + name + "'";
      only(service, where, Set.of("requests", "availability", "latency"));
      var objectives = new ArrayList<Objective>();
      service
          .get("availability")
          .ifPresent(
              percent -> objectives.add(new Objective.Availability(percent(percent, where))));
      if (service.get("latency").isPresent()) {
        objectives.add(latency(mapping(service, "latency", where), "latency of " + where));
      }
      if (objectives.isEmpty()) {
        throw wrong(where + " promises nothing; give 'availability', 'latency' or both");
      }
      return new ServiceLevel(name, text(service, "requests", where), objectives);
    }

    private Objective latency(Mapping latency, String where) {
      only(latency, where, Set.of("percent", "milliseconds"));
      var limit = latency.get("milliseconds").orElse(Value.none());
      if (!(limit instanceof Int(var millis)) || millis.signum() <= 0 || millis.bitLength() > 24) {
        throw wrong(where + ": 'milliseconds' must be a whole number above 0");
      }
      var percent = percent(latency.get("percent").orElse(Value.none()), where);
      return new Objective.Latency(percent, Duration.ofMillis(millis.longValue()));
    }

    private BigDecimal percent(Value value, String where) {
      var percent =
          switch (value) {
            case Int(var number) -> new BigDecimal(number);
            case Real(var number) when Double.isFinite(number) -> BigDecimal.valueOf(number);
            case Value _ -> BigDecimal.ZERO;
          };
      if (percent.signum() <= 0 || percent.compareTo(new BigDecimal(100)) >= 0) {
        throw wrong(
            where
                + ": a percentage must be above 0 and below 100, such as 99.5;"
                + " with 100 there is no budget for errors, and nothing could ever be changed");
      }
      return percent;
    }

    private Mapping mapping(Mapping parent, String key, String where) {
      if (parent.get(key).orElse(Value.none()) instanceof Mapping mapping
          && !mapping.entries().isEmpty()) {
        return mapping;
      }
      throw wrong(where + ": '" + key + "' must be a mapping");
    }

    private String text(Mapping parent, String key, String where) {
      if (parent.get(key).orElse(Value.none()) instanceof Text(var text) && !text.isBlank()) {
        return text;
      }
      throw wrong(where + ": '" + key + "' must be a text");
    }

    private void only(Mapping mapping, String where, Set<String> known) {
      for (var key : mapping.entries().keySet()) {
        if (!known.contains(YamlReader.text(key))) {
          throw wrong(
              "%s: '%s' (line %d) is not one of %s"
                  .formatted(where, YamlReader.text(key), mapping.line(key), sorted(known)));
        }
      }
    }

    private static String sorted(Set<String> known) {
      return String.join(", ", known.stream().sorted().toList());
    }

    private SloException wrong(String message) {
      return new SloException(file + ": " + message);
    }
  }
}
