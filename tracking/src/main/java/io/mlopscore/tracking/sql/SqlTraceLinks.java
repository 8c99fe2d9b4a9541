package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The rows of `entity_associations` that begin at a trace.
final class SqlTraceLinks {
  private static final int MOST = 100;

  private SqlTraceLinks() {}

  /// Traces that are not there are left out, as in MLflow.
  static void toRun(Handle handle, List<String> traces, String run) {
    if (traces.size() > MOST) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Cannot link more than "
              + MOST
              + " traces to a run in a single request. Provided "
              + traces.size()
              + " traces.");
    }
    SqlRuns.get(handle, run);
    TraceReading.infos(handle, traces).forEach(trace -> link(handle, trace.traceId(), "run", run));
  }

  static void toPrompts(Handle handle, String trace, List<String> versions) {
    TraceReading.info(handle, trace);
    versions.forEach(version -> link(handle, trace, "prompt_version", version));
  }

  private static void link(Handle handle, String trace, String kind, String id) {
    Layout.of(handle).require("entity_associations", "links of traces");
    TraceNames.within("The id of a " + kind, id, 36);
    handle.execute(
        "INSERT INTO entity_associations (association_id, source_type, source_id,"
            + " destination_type, destination_id, created_time) VALUES (?, 'trace', ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        Ids.fresh(),
        trace,
        kind,
        id,
        System.currentTimeMillis());
  }
}
