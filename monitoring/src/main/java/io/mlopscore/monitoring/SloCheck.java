package io.mlopscore.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether a part of a service, such as a canary, keeps what the service promises, as Prometheus
/// saw it in the last minutes.
///
/// @param level the promises
/// @param series where its requests are counted
/// @param window such as `10m`
/// @param leastRequests fewer say nothing, and the check fails
public record SloCheck(ServiceLevel level, RequestSeries series, String window, int leastRequests) {

  /// @throws IOException if Prometheus cannot be asked
  public List<Check> run(PrometheusClient prometheus) throws IOException {
    var checks = new ArrayList<Check>();
    checks.add(requests(prometheus));
    if (!checks.getFirst().isFailed()) {
      for (var objective : level.objectives()) {
        checks.add(check(prometheus, objective));
      }
    }
    return checks;
  }

  private Check requests(PrometheusClient prometheus) throws IOException {
    long count = Math.round(prometheus.value(series.count(window)).orElse(0));
    return Check.of(
        "requests",
        count >= leastRequests,
        "%d in the last %s, at least %d are needed".formatted(count, window, leastRequests));
  }

  private Check check(PrometheusClient prometheus, Objective objective) throws IOException {
    var question = series.question(objective, window);
    var value = prometheus.value(question.expression());
    if (value.isEmpty()) {
      return Check.failed(objective.name(), "not measured: " + question.expression());
    }
    return Check.of(
        objective.name(),
        value.getAsDouble() <= question.limit().doubleValue(),
        String.format(
            Locale.ROOT,
            "%.4g in the last %s, at most %s; promised: %s",
            value.getAsDouble(),
            window,
            question.limit().stripTrailingZeros().toPlainString(),
            objective.sentence()));
  }
}
