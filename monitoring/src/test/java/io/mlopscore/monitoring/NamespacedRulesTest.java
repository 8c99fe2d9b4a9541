package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamespacedRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "up == 0; up{M} == 0",
        "up{job=~\"a|b}\"} == 0; up{M, job=~\"a|b}\"} == 0",
        "up{} or vector(0); up{M} or vector(0)",
        "{job=\"a\"}; {M, job=\"a\"}",
        "absent(up{job=\"a\"}); absent(up{M, job=\"a\"})",
        "sum by (job, le) (rate(a_total[5m])); sum by (job, le) (rate(a_total{M}[5m]))",
        "sum(a) by (job); sum(a{M}) by (job)",
        "count by(v)(a == 1) > 1; count by(v)(a{M} == 1) > 1",
        "a / on (job) group_left () b; a{M} / on (job) group_left () b{M}",
        "a * on (x) group_right b; a{M} * on (x) group_right b{M}",
        "rule:a:b1h > bool 1e-4; rule:a:b1h{M} > bool 1e-4",
        "a offset 5m unless b @ start(); a{M} offset 5m unless b{M} @ start()",
        "max_over_time(a[1h:5m]) - -Inf; max_over_time(a{M}[1h:5m]) - -Inf",
        "time() - a # of b; time() - a{M} # of b",
        "label_replace(a, \"b\", \"$1\", \"c\", \"d(.*)\"); label_replace(a{M}, \"b\", \"$1\", \"c\", \"d(.*)\")",
      })
  void everySelectorIsNarrowed(String query, String narrowed) {
    assertThat(new Selectors("n=\"x\"").narrow(query)).isEqualTo(narrowed.replace("M", "n=\"x\""));
  }

  @Test
  void whatIsRecordedAndAlertedSaysItsNamespaceAndTheRestStays() {
    var rules =
        """
        groups:
          - name: serve
            rules:
              # Why.
              - alert: ServiceDown
                expr: up == 0
                for: 2m
                labels: {severity: page}
                annotations:
                  summary: "{{ $labels.job }} is down"

              - record: a:b
                expr: |-
                  sum(a)
                  / sum(b)
              - record: c:d
                expr: a:b > 1
                labels:
                  service: 'predictions'
        """;
    assertThat(new NamespacedRules(rules, "mlops-staging").text())
        .isEqualTo(
            """
            groups:
              - name: serve
                rules:
                  # Why.
                  - alert: ServiceDown
                    expr: up{namespace="mlops-staging"} == 0
                    for: 2m
                    labels: {namespace: 'mlops-staging', severity: page}
                    annotations:
                      summary: "{{ $labels.job }} is down"

                  - record: a:b
                    expr: |-
                      sum(a{namespace="mlops-staging"})
                      / sum(b{namespace="mlops-staging"})
                    labels: {namespace: 'mlops-staging'}
                  - record: c:d
                    expr: a:b{namespace="mlops-staging"} > 1
                    labels:
                      namespace: 'mlops-staging'
                      service: 'predictions'
            """);
  }

  @Test
  void whatCannotBeReadIsRefused() {
    var quoted = "- alert: A\n  expr: \"up == 0\"\n";
    assertThatThrownBy(() -> new NamespacedRules(quoted, "a").text())
        .hasMessageContaining("expr: |-");
    assertThatThrownBy(() -> new NamespacedRules("", "a\"b")).hasMessageContaining("namespace");
  }
}
