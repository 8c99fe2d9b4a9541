package io.mlopscore.monitoring;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Where the requests of a part of a service are counted, such as those of a canary.
public sealed interface RequestSeries {
  /// PromQL: how many requests there were.
  String count(String window);

  /// PromQL: what an objective limits, and the limit.
  Question question(Objective objective, String window);

  /// @param expression PromQL
  /// @param limit the most that it may be
  record Question(String expression, BigDecimal limit) {}

  /// What our servers expose at `/metrics`.
  ///
  /// @param selector label matchers of PromQL without braces
  record Exposed(String selector) implements RequestSeries {
    /// @param where more matchers; empty for none
    public static Exposed of(ServiceLevel level, String where) {
      return new Exposed(where.isEmpty() ? level.selector() : level.selector() + ", " + where);
    }

    @Override
    public String count(String window) {
      return "sum(increase(http_requests_total{%s}[%s]))".formatted(selector, window);
    }

    @Override
    public Question question(Objective objective, String window) {
      var expression =
          "%s / (%s > 0)"
              .formatted(objective.errors(selector, window), objective.requests(selector, window));
      return new Question(expression, objective.budget());
    }
  }

  /// What Google counts in front of Cloud Run, by the names that Cloud Monitoring's PromQL gives
  /// (https://cloud.google.com/monitoring/promql/promql-mapping). All paths count. Its buckets need
  /// not have our bound, so latency is asked as a quantile.
  ///
  /// @param where label matchers, such as `revision_name="api-00008-abc"`
  record CloudRun(String where) implements RequestSeries {
    private static final String REVISION = "monitored_resource=\"cloud_run_revision\"";

    private String selector(String... more) {
      var matchers = new ArrayList<>(List.of(REVISION));
      if (!where.isEmpty()) {
        matchers.add(where);
      }
      matchers.addAll(List.of(more));
      return "{" + String.join(", ", matchers) + "}";
    }

    private String rate(String metric, String window, String... more) {
      return "rate(run_googleapis_com:" + metric + selector(more) + "[" + window + "])";
    }

    @Override
    public String count(String window) {
      return "sum(increase(run_googleapis_com:request_count%s[%s]))".formatted(selector(), window);
    }

    @Override
    public Question question(Objective objective, String window) {
      return switch (objective) {
        case Objective.Availability availability ->
            new Question(
                "(sum(%s) or vector(0)) / (sum(%s) > 0)"
                    .formatted(
                        rate("request_count", window, "response_code_class=\"5xx\""),
                        rate("request_count", window)),
                availability.budget());
        case Objective.Latency latency ->
            new Question(
                "histogram_quantile(%s, sum by (le) (%s))"
                    .formatted(
                        latency.percent().movePointLeft(2).toPlainString(),
                        rate("request_latencies_bucket", window)),
                BigDecimal.valueOf(latency.within().toMillis()));
      };
    }
  }
}
