package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The table `params`, whose values never change.
final class SqlParams {
  private record Param(String run, String key, String value) {}

  private static final int MOST_AT_ONCE = 400;

  private SqlParams() {}

  /// Writes first and compares after, so that what another server writes at the same time is seen.
  static void write(Handle handle, List<RunEntry> entries) {
    var params = params(entries);
    RowBatch.write(
        handle,
        "INSERT INTO params (\"key\", value, run_uuid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        params,
        (statement, param) -> {
          statement.setString(1, param.key());
          statement.setString(2, param.value());
          statement.setString(3, param.run());
        });
    for (var from = 0; from < params.size(); from += MOST_AT_ONCE) {
      refuseChanges(handle, params.subList(from, Math.min(params.size(), from + MOST_AT_ONCE)));
    }
  }

  private static List<Param> params(List<RunEntry> entries) {
    var params = new ArrayList<Param>();
    for (var entry : entries) {
      entry
          .batch()
          .params()
          .forEach((key, value) -> params.add(new Param(entry.run(), key, value)));
    }
    params.sort(Comparator.comparing(Param::run).thenComparing(Param::key));
    return params;
  }

  private static void refuseChanges(Handle handle, List<Param> params) {
    var kept = kept(handle, params);
    for (var param : params) {
      var old = kept.getOrDefault(List.of(param.run(), param.key()), param.value());
      if (!old.equals(param.value())) {
        throw new TrackingException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            "Changing param values is not allowed. Param with key='"
                + param.key()
                + "' was already logged with value='"
                + old
                + "' for run ID='"
                + param.run()
                + "'. Attempted logging new value '"
                + param.value()
                + "'.");
      }
    }
  }

  /// Values by run and key.
  private static Map<List<String>, String> kept(Handle handle, List<Param> params) {
    var arguments = new ArrayList<Object>();
    params.forEach(param -> Collections.addAll(arguments, param.run(), param.key()));
    var kept = new HashMap<List<String>, String>();
    handle
        .select(
            "SELECT run_uuid, \"key\", value FROM params WHERE (run_uuid, \"key\") IN (VALUES "
                + String.join(", ", Collections.nCopies(params.size(), "(?, ?)"))
                + ")",
            arguments.toArray())
        .map((row, _) -> new Param(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(param -> kept.put(List.of(param.run(), param.key()), param.value()));
    return kept;
  }
}
