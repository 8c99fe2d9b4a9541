package io.mlopscore.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules for two promises; that Prometheus takes them and fires as meant is tested with promtool in
/// `deploy/test/observability`.
final class SloRulesTest {
  private static final Path DEPLOY = Path.of("../deploy");

  private static List<Rule> rules(Objective objective) {
    var shop = new ServiceLevel("shop", "job=\"shop\"", List.of(objective));
    return new SloRules(new ServiceLevels(28, "runbook.md", List.of(shop)))
        .groups()
        .getFirst()
        .rules();
  }

  private static List<Rule> availability() {
    return rules(new Objective.Availability(new BigDecimal("99.5")));
  }

  @Test
  void everyWindowOfAnAlertIsRecorded() {
    var recorded = availability().stream().map(Rule::name).toList();
    for (var rate : BurnRate.ALL) {
      assertThat(recorded)
          .contains("slo:sli_error:ratio_rate" + rate.longWindow())
          .contains("slo:sli_error:ratio_rate" + rate.shortWindow());
    }
  }

  @Test
  void alertsLookAtBothWindowsAndTheBudget() {
    var alert = availability().stream().filter(Rule.Alert.class::isInstance).findFirst();
    assertThat(alert).get().extracting(Rule::name).isEqualTo("AvailabilityBudgetBurn");
    assertThat(alert)
        .get()
        .extracting(Rule::expression)
        .isEqualTo(
            """
            slo:sli_error:ratio_rate1h{service="shop", slo="availability"} > 0.072
            and
            slo:sli_error:ratio_rate5m{service="shop", slo="availability"} > 0.072""");
  }

  @Test
  void alertsNameTheRunbook() {
    assertThat(availability())
        .filteredOn(Rule.Alert.class::isInstance)
        .hasSize(BurnRate.ALL.size())
        .allSatisfy(
            rule ->
                assertThat(((Rule.Alert) rule).annotations())
                    .containsEntry("runbook_url", "runbook.md#availability"));
  }

  @Test
  void serverThatNeverFailedHasNoErrors() {
    assertThat(availability().getFirst().expression())
        .isEqualTo(
            """
            (sum(rate(http_requests_total{job="shop", status=~"5.."}[5m])) or vector(0))
            /
            (sum(rate(http_requests_total{job="shop"}[5m])) > 0)""");
  }

  @Test
  void boundOfABucketIsFoundHoweverItIsWritten() {
    var second = new Objective.Latency(new BigDecimal("99"), Duration.ofSeconds(1));
    var tenth = new Objective.Latency(new BigDecimal("99"), Duration.ofMillis(100));
    assertThat(second.errors("job=\"a\"", "5m")).contains("{job=\"a\", le=~\"1|1.0\"}[5m]");
    assertThat(tenth.errors("job=\"a\"", "5m")).contains("{job=\"a\", le=\"0.1\"}[5m]");
  }

  @Test
  void rulesInDeployAreThoseOfItsServiceLevels() throws IOException {
    var text = new SloRules(ServiceLevels.read(DEPLOY.resolve("slo.yaml"))).text();
    assertThat(DEPLOY.resolve("prometheus/rules/slo.yaml"))
        .as("made by: mlops monitor rules --out deploy/prometheus/rules/slo.yaml")
        .hasContent(text);
  }
}
