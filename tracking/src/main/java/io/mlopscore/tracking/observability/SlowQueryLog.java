package io.mlopscore.tracking.observability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.function.Consumer;

/// One JSON line for each statement that took long, as [RequestLog] writes them. The values of a
/// statement are never in it.
///
/// @param lines where they go
/// @param database where the data is, without a password
public record SlowQueryLog(LogLines lines, String database, Clock clock)
    implements Consumer<SlowQuery> {
  @Override
  public void accept(SlowQuery query) {
    var line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", clock.instant().toString())
            .put("severity", "WARNING")
            .put("event", "slow_query")
            .put("statement", query.statement())
            .put("ms", Math.round(query.nanos() / 1e3) / 1e3);
    if (query.rows() >= 0) {
      line.put("rows", query.rows());
    }
    // a writer works for several requests at once, and so for none
    Exchange.current()
        .ifPresent(
            request -> line.put("request_id", request.requestId()).put("route", request.route()));
    lines.write(line.put("database", database));
  }
}
