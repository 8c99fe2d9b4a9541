package io.mlopscore.console;

import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LifecycleStage;
import java.util.ArrayList;
import java.util.List;

/// Which runs of an experiment are shown, and how. All of it is in the address of the page, so that
/// a link shows the same.
///
/// @param filter in MLflow's language
/// @param view `deleted` for those in the bin, `active` for the others; empty for the usual ones
/// @param columns keys as in [Column]; the usual ones if there is none
/// @param token where the page begins; empty for the first
record RunQuery(String filter, RunOrder order, String view, List<String> columns, String token) {
  static final String DELETED = "deleted";

  RunQuery {
    columns = List.copyOf(columns);
  }

  static RunQuery of(Visit visit) {
    return new RunQuery(
        visit.query("q").strip(),
        RunOrder.of(visit.query("sort"), visit.query("order")),
        visit.query("view"),
        visit.queries("col"),
        visit.query("page"));
  }

  /// Whether runs in the bin are shown: those of an experiment that is there went with it.
  boolean deleted(Experiment experiment) {
    return view.isEmpty()
        ? experiment.lifecycleStage() == LifecycleStage.DELETED
        : view.equals(DELETED);
  }

  RunQuery sorted(RunOrder by) {
    return new RunQuery(filter, by, view, columns, "");
  }

  RunQuery at(String pageToken) {
    return new RunQuery(filter, order, view, columns, pageToken);
  }

  /// With the usual columns.
  RunQuery usual() {
    return new RunQuery(filter, order, view, List.of(), token);
  }

  String search() {
    var fields = new ArrayList<Field>();
    fields.add(new Field("q", filter));
    fields.add(new Field("view", view));
    if (!order.isUsual()) {
      fields.add(new Field("sort", order.column()));
      fields.add(new Field("order", order.word()));
    }
    columns.forEach(column -> fields.add(new Field("col", column)));
    fields.add(new Field("page", token));
    return Links.query(fields);
  }
}
