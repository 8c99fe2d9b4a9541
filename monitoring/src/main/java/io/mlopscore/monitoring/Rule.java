package io.mlopscore.monitoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A rule of Prometheus.
sealed interface Rule {
  String name();

  /// In PromQL.
  String expression();

  Map<String, String> labels();

  /// Writes down what an expression gives, for other rules and dashboards.
  record Recording(String name, String expression, Map<String, String> labels) implements Rule {
    public Recording {
      labels = inOrder(labels);
    }
  }

  /// Tells somebody when an expression gives anything.
  record Alert(
      String name, String expression, Map<String, String> labels, Map<String, String> annotations)
      implements Rule {
    public Alert {
      labels = inOrder(labels);
      annotations = inOrder(annotations);
    }
  }

  private static Map<String, String> inOrder(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
