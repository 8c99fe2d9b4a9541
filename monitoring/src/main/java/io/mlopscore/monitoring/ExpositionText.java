package io.mlopscore.monitoring;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.YamlReader;

/// Gauges in Prometheus' text format, which all have one label in common.
final class ExpositionText {
  private final StringBuilder text = new StringBuilder();
  private final String common;
  private String family = "";

  ExpositionText(String label, String value) {
    common = label(label, value);
  }

  /// Begins a family; the samples that follow belong to it.
  void family(String name, String help) {
    family = name;
    text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
  }

  void sample(String label, String value, double number) {
    sample(label(label, value), number);
  }

  private void sample(String labels, double number) {
    text.append("%s{%s,%s} %s\n".formatted(family, common, labels, number));
  }

  /// The numbers of a file, by their dotted names; other values are passed over.
  void values(String file, Mapping values) {
    values(label("file", file), "", values);
  }

  private void values(String file, String prefix, Mapping values) {
    values.entries().forEach((key, value) -> value(file, prefix + YamlReader.text(key), value));
  }

  private void value(String file, String name, Value value) {
    switch (value) {
      case Int(var number) -> metric(file, name, number.doubleValue());
      case Real(var number) -> metric(file, name, number);
      case Mapping nested -> values(file, name + ".", nested);
      case Value _ -> {}
    }
  }

  private void metric(String file, String name, double number) {
    sample(file + "," + label("metric", name), number);
  }

  private static String label(String name, String value) {
    return name + "=\"" + escaped(value) + "\"";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
