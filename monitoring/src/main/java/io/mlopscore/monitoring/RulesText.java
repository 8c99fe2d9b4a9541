package io.mlopscore.monitoring;

import io.mlopscore.monitoring.Rule.Alert;
import io.mlopscore.monitoring.Rule.Recording;
import java.util.List;
import java.util.Map;

/// Rules as the YAML that Prometheus loads.
final class RulesText {
  private static final String HEAD =
      """
      # Made by `mlops monitor rules`: change the service levels, not this file.
      groups:
      """;

  private final StringBuilder text = new StringBuilder(HEAD);

  private RulesText() {}

  static String of(List<RuleGroup> groups) {
    var rules = new RulesText();
    groups.forEach(rules::add);
    return rules.text.toString();
  }

  private void add(RuleGroup group) {
    line("  - name: " + group.name());
    line("    rules:");
    group.rules().forEach(this::add);
  }

  private void add(Rule rule) {
    switch (rule) {
      case Recording recording -> line("      - record: " + recording.name());
      case Alert alert -> line("      - alert: " + alert.name());
    }
    line("        expr: |-");
    rule.expression().lines().forEach(part -> line("          " + part));
    map("labels", rule.labels());
    if (rule instanceof Alert alert) {
      map("annotations", alert.annotations());
    }
  }

  private void map(String name, Map<String, String> map) {
    line("        " + name + ":");
    map.forEach((key, value) -> line("          " + key + ": " + quoted(value)));
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
