package io.mlopscore.monitoring;

import java.util.stream.Collectors;

/// A file of rules as an object of Kubernetes, a `PrometheusRule` of the Prometheus Operator
/// (https://prometheus-operator.dev/docs/api-reference/api/).
///
/// @param name of the object
/// @param rules the content of the file
public record PrometheusRule(String name, String rules) {
  /// The manifest, which says of itself that it was made.
  public String text() {
    return """
    # Made by `mlops monitor rules --kubernetes`: change the file of rules, not this one.
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: %s
    spec:
    %s"""
        .formatted(name, indented());
  }

  private String indented() {
    return rules
        .lines()
        .map(line -> line.isEmpty() ? "\n" : "  " + line + "\n")
        .collect(Collectors.joining());
  }
}
