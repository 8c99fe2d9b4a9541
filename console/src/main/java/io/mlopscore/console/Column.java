package io.mlopscore.console;

/// A column of a [RunTable].
///
/// @param key as in [RunOrder]
/// @param href leads to the table sorted by it
/// @param sorted `ascending`, `descending` or `none`, as in the `aria-sort` attribute
record Column(String key, String label, String href, String sorted) {
  static final String PARAMS = "params.";
  static final String METRICS = "metrics.";

  static Column of(String key, String label, String experimentId, RunOrder order) {
    var current = order.column().equals(key);
    var next = new RunOrder(key, current ? !order.descending() : !key.equals("run"));
    return new Column(key, label, Links.sorted(experimentId, next), sorted(current, order));
  }

  private static String sorted(boolean current, RunOrder order) {
    if (!current) {
      return "none";
    }
    return order.descending() ? "descending" : "ascending";
  }
}
