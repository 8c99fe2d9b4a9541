package io.mlopscore.console;

import java.util.ArrayList;
import java.util.List;

/// Which runs of an experiment are shown, and how. All of it is in the address of the page, so that
/// a link shows the same.
///
/// @param filter in MLflow's language
/// @param deleted whether those in the bin are shown
/// @param columns keys as in [Column]; the usual ones if there is none
/// @param token where the page begins; empty for the first
record RunQuery(
    String filter, RunOrder order, boolean deleted, List<String> columns, String token) {
  static final String DELETED = "deleted";

  RunQuery {
    columns = List.copyOf(columns);
  }

  static RunQuery of(Visit visit) {
    return new RunQuery(
        visit.query("q").strip(),
        RunOrder.of(visit.query("sort"), visit.query("order")),
        visit.query("view").equals(DELETED),
        visit.queries("col"),
        visit.query("page"));
  }

  RunQuery sorted(RunOrder by) {
    return new RunQuery(filter, by, deleted, columns, "");
  }

  RunQuery at(String pageToken) {
    return new RunQuery(filter, order, deleted, columns, pageToken);
  }

  /// What is in the bin, or what is not.
  RunQuery turned() {
    return new RunQuery(filter, order, !deleted, columns, "");
  }

  /// With the usual columns.
  RunQuery usual() {
    return new RunQuery(filter, order, deleted, List.of(), token);
  }

  String search() {
    var fields = new ArrayList<Field>();
    fields.add(new Field("q", filter));
    fields.add(new Field("view", deleted ? DELETED : ""));
    if (!order.isUsual()) {
      fields.add(new Field("sort", order.column()));
      fields.add(new Field("order", order.word()));
    }
    columns.forEach(column -> fields.add(new Field("col", column)));
    fields.add(new Field("page", token));
    return Links.query(fields);
  }
}
