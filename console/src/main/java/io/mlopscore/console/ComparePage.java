package io.mlopscore.console;

import java.util.List;

/// Runs side by side.
///
/// @param onlyDifferent whether rows are left out in which all runs agree
/// @param otherHref the same with those rows, or without
/// @param charted the metrics that have more than one point
/// @param pointsHref where their points are asked for
/// @param values what the runs have, as JSON for the charts
record ComparePage(
    List<Head> runs,
    List<Group> groups,
    boolean onlyDifferent,
    String otherHref,
    List<String> charted,
    String pointsHref,
    String values)
    implements Page {
  ComparePage {
    runs = List.copyOf(runs);
    groups = List.copyOf(groups);
    charted = List.copyOf(charted);
  }

  /// The runs for the script that draws charts, as JSON.
  String named() {
    return CompareValues.named(runs);
  }

  /// @param withoutHref the comparison without this run; empty if it would be none
  record Head(
      String id,
      String name,
      String href,
      String experimentId,
      String experiment,
      String experimentHref,
      String status,
      Moment start,
      String duration,
      String withoutHref) {}

  record Group(String label, List<Row> rows) {
    Group {
      rows = List.copyOf(rows);
    }
  }

  /// @param cells one per run
  /// @param differs whether the runs do not agree
  record Row(String name, List<Cell> cells, boolean differs) {
    Row {
      cells = List.copyOf(cells);
    }
  }
}
