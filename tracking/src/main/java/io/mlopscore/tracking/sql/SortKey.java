package io.mlopscore.tracking.sql;

/// One expression that results are sorted by; never null, so that pages can go on after it.
///
/// @param isText whether it is compared as text
record SortKey(String expression, boolean ascending, boolean isText) {
  static SortKey number(String expression, boolean ascending) {
    return new SortKey(expression, ascending, false);
  }

  static SortKey text(String expression, boolean ascending) {
    return new SortKey(expression, ascending, true);
  }

  String clause() {
    return expression + (ascending ? " ASC" : " DESC");
  }

  /// What comes after a value in this order.
  String after() {
    return expression + (ascending ? " > ?" : " < ?");
  }
}
