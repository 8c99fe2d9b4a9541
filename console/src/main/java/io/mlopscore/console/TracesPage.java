package io.mlopscore.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The traces of one experiment, newest first.
///
/// @param filter in MLflow's language
/// @param problem what is wrong with it; null if nothing is
/// @param firstHref the first page; empty on it
/// @param nextHref the page that follows; empty on the last
record TracesPage(
    String experimentId,
    String name,
    String href,
    String filter,
    @Nullable Problem problem,
    List<Row> rows,
    String firstHref,
    String nextHref)
    implements Page {
  TracesPage {
    rows = List.copyOf(rows);
  }

  /// @param duration empty while it runs
  record Row(
      String id,
      String href,
      String name,
      String state,
      Moment time,
      String duration,
      String request,
      String response) {}
}
