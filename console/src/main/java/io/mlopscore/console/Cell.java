package io.mlopscore.console;

import org.jspecify.annotations.Nullable;

/// A param or metric in a table.
///
/// @param exact the whole value, for reading on demand
/// @param best whether no other row has a better value
/// @param number whether it is one, and stands at the right
record Cell(String text, String exact, boolean best, boolean number) {
  static final Cell EMPTY = new Cell("", "", false, false);

  static Cell of(@Nullable String value) {
    return value == null ? EMPTY : new Cell(value, value, false, Numbers.isNumber(value));
  }
}
