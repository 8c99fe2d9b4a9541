package io.mlopscore.monitoring;

import java.util.List;

/// Rules that Prometheus evaluates one after the other.
record RuleGroup(String name, List<Rule> rules) {
  RuleGroup {
    rules = List.copyOf(rules);
  }
}
