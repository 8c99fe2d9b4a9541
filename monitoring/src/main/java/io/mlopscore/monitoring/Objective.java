package io.mlopscore.monitoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// A share of the requests that shall go well, counted in what the servers expose at `/metrics`.
public sealed interface Objective {
  /// The share in percent, above 0 and below 100.
  BigDecimal percent();

  /// The word for labels and for the runbook.
  String name();

  /// What is promised, as a sentence without its full stop.
  String sentence();

  /// PromQL: bad requests per second.
  ///
  /// @param selector which requests, such as `route="/predict"`
  String errors(String selector, String window);

  /// PromQL: requests per second.
  String requests(String selector, String window);

  /// The share that may go wrong.
  default BigDecimal budget() {
    return new BigDecimal(100)
        .subtract(percent())
        .divide(new BigDecimal(100), 9, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }

  /// Requests get an answer that is no 5xx.
  record Availability(BigDecimal percent) implements Objective {
    @Override
    public String name() {
      return "availability";
    }

    @Override
    public String sentence() {
      return percent.toPlainString() + " % of the requests get an answer that is no 5xx";
    }

    /// A server that never failed has no series of failures, which is none, not unknown.
    @Override
    public String errors(String selector, String window) {
      return "(sum(rate(http_requests_total{%s, status=~\"5..\"}[%s])) or vector(0))"
          .formatted(selector, window);
    }

    @Override
    public String requests(String selector, String window) {
      return "sum(rate(http_requests_total{%s}[%s]))".formatted(selector, window);
    }
  }

  /// Requests are answered in time.
  ///
  /// @param within must be an upper bound of a bucket of the servers' histograms
  record Latency(BigDecimal percent, Duration within) implements Objective {
    @Override
    public String name() {
      return "latency";
    }

    @Override
    public String sentence() {
      return "%s %% of the requests are answered within %d ms"
          .formatted(percent.toPlainString(), within.toMillis());
    }

    @Override
    public String errors(String selector, String window) {
      return "(%s - sum(rate(http_request_duration_seconds_bucket{%s, %s}[%s])))"
          .formatted(requests(selector, window), selector, bound(), window);
    }

    @Override
    public String requests(String selector, String window) {
      return "sum(rate(http_request_duration_seconds_count{%s}[%s]))".formatted(selector, window);
    }

    /// Whole numbers are written with and without a fraction, by format and version.
    private String bound() {
      var seconds =
          new BigDecimal(within.toMillis()).movePointLeft(3).stripTrailingZeros().toPlainString();
      return seconds.contains(".")
          ? "le=\"" + seconds + "\""
          : "le=~\"" + seconds + "|" + seconds + ".0\"";
    }
  }
}
