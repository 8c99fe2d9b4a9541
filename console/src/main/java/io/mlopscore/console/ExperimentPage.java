package io.mlopscore.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runs of one experiment.
///
/// @param deleted whether the experiment itself is in the bin
/// @param query which runs, and how they are shown
/// @param deletedRuns whether the runs shown are those in the bin
/// @param problem what is wrong with the filter; null if nothing is
/// @param choices the columns that can be shown
/// @param leftOut how many of the usual columns are not shown because they are many
/// @param firstHref the first page; empty on it
/// @param nextHref the page that follows; empty on the last
/// @param href the address without its query
/// @param editable whether the reader may change it
/// @param deletable whether the reader may delete it
record ExperimentPage(
    String id,
    String name,
    String description,
    boolean deleted,
    RunQuery query,
    boolean deletedRuns,
    @Nullable Problem problem,
    RunTable table,
    List<Choice> choices,
    int leftOut,
    String firstHref,
    String nextHref,
    String href,
    String usualHref,
    boolean editable,
    boolean deletable)
    implements Page {
  ExperimentPage {
    choices = List.copyOf(choices);
  }

  /// A column that may be shown.
  record Choice(String group, String key, String label, boolean shown) {}

  List<Choice> choices(String group) {
    return choices.stream().filter(choice -> choice.group().equals(group)).toList();
  }

  /// Says that no run is shown.
  String nothing() {
    if (!query.filter().isEmpty()) {
      return "No run matches.";
    }
    if (deletedRuns) {
      return "No run is in the bin.";
    }
    return deleted ? "All of its runs are in the bin." : "This experiment has no runs yet.";
  }

  /// Says how many runs there are, as far as anybody counted.
  String count() {
    var rows = table.rows().size();
    return (nextHref.isEmpty() && firstHref.isEmpty() ? "" : "these ") + Pages.count(rows, "run");
  }
}
