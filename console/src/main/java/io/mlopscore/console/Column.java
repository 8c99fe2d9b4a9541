package io.mlopscore.console;

/// A column of a [RunTable].
///
/// @param key as in [RunOrder]
/// @param href leads to the table sorted by it; empty if it cannot be
/// @param sorted `ascending`, `descending` or `none`, as in the `aria-sort` attribute
record Column(String key, String label, String href, String sorted) {
  static final String METRICS = "metrics.";
  static final String PARAMS = "params.";
  static final String TAGS = "tags.";
  static final String FACTS = "facts.";

  /// @param base the address without its query
  static Column of(String key, String label, String base, RunQuery query) {
    if (!RunOrder.knows(key)) {
      return new Column(key, label, "", "none");
    }
    var order = query.order();
    var current = order.column().equals(key);
    var next = new RunOrder(key, current ? !order.descending() : !key.equals("run"));
    return new Column(key, label, base + query.sorted(next).search(), sorted(current, order));
  }

  private static String sorted(boolean current, RunOrder order) {
    if (!current) {
      return "none";
    }
    return order.descending() ? "descending" : "ascending";
  }

  boolean isIn(String group) {
    return key.startsWith(group);
  }

  /// Its name without the group.
  static String name(String key) {
    return key.substring(key.indexOf('.') + 1);
  }
}
