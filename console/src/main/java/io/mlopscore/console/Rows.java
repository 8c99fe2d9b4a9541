package io.mlopscore.console;

import java.util.ArrayList;
import java.util.List;

/// Cuts a CSV text into rows (https://www.rfc-editor.org/rfc/rfc4180), as well as it can be cut: a
/// preview of a broken file is more use than none.
final class Rows {
  private final String text;
  private final char separator;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> row = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private int at;

  private Rows(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  static List<List<String>> parse(String text, char separator) {
    return new Rows(text, separator).all();
  }

  private List<List<String>> all() {
    while (at < text.length()) {
      var here = text.charAt(at++);
      if (here == '"' && field.isEmpty()) {
        quoted();
      } else if (here == separator) {
        endField();
      } else if (here == '\n') {
        endRow();
      } else if (here != '\r') {
        field.append(here);
      }
    }
    if (!field.isEmpty() || !row.isEmpty()) {
      endRow();
    }
    return rows;
  }

  /// Two quotes stand for one.
  private void quoted() {
    while (at < text.length()) {
      var here = text.charAt(at++);
      if (here != '"') {
        field.append(here);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else {
        return;
      }
    }
  }

  private void endField() {
    row.add(field.toString());
    field.setLength(0);
  }

  private void endRow() {
    endField();
    rows.add(List.copyOf(row));
    row.clear();
  }
}
