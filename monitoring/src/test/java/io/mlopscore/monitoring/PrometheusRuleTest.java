package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrometheusRuleTest {
  @Test
  void rulesAreTheSpecOfAnObject() {
    var rules =
        """
        groups:
          - name: serve

            rules: []
        """;
    assertThat(new PrometheusRule("causes", rules).text())
        .endsWith(
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: causes
            spec:
              groups:
                - name: serve

                  rules: []
            """);
  }
}
