package io.mlopscore.console;

/// A param or metric in a table.
///
/// @param exact the whole value, for reading on demand
/// @param best whether no other row has a better value
record Cell(String text, String exact, boolean best) {
  static final Cell EMPTY = new Cell("", "", false);
}
