package io.mlopscore.tracking.observability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/// One JSON line for each request that took long, or for every request if asked for, with the
/// field names of Google's Cloud Logging
/// (https://docs.cloud.google.com/logging/docs/structured-logging).
///
/// @param lines where they go
/// @param database where the data is, without a password
/// @param slow from when on a request took long
/// @param all whether to write the others too
/// @param traces names the trace of a request that belongs to one
public record RequestLog(
    LogLines lines, String database, Duration slow, boolean all, TraceName traces)
    implements Observer {
  @Override
  public void answered(Exchange exchange) {
    var tookLong = !exchange.stream() && exchange.nanos() >= slow.toNanos();
    if (tookLong || all) {
      lines.write(line(exchange, tookLong));
    }
  }

  private ObjectNode line(Exchange exchange, boolean tookLong) {
    var end = exchange.startMillis() + exchange.nanos() / 1_000_000;
    var line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", Instant.ofEpochMilli(end).toString())
            .put("severity", tookLong ? "WARNING" : "INFO")
            .put("event", tookLong ? "slow_request" : "request")
            .put("request_id", exchange.requestId())
            .put("route", exchange.route());
    line.putObject("httpRequest")
        .put("requestMethod", exchange.method())
        .put("requestUrl", exchange.route())
        .put("status", exchange.status())
        .put("latency", seconds(exchange.nanos()));
    line.put("database", database)
        .put("database_ms", millis(exchange.databaseNanos()))
        .put("database_calls", exchange.databaseCalls());
    var trace = traces.of(exchange.traceParent());
    return trace.isEmpty() ? line : line.put(TraceName.FIELD, trace);
  }

  /// As JSON has a duration of protocol buffers, to the microsecond.
  private static String seconds(long nanos) {
    return "%d.%06ds".formatted(nanos / 1_000_000_000, nanos / 1_000 % 1_000_000);
  }

  /// To the microsecond.
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
