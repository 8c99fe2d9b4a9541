package io.mlopscore.training.csv;

import io.mlopscore.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Splits CSV text into rows of fields. Blank lines are skipped; blanks around a plain field are
/// not part of it.
final class CsvParser {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char END = '\0';

  private final Path path;
  private final String text;
  private int at;
  private long line = 1;

  CsvParser(Path path, String text) {
    this.path = path;
    this.text = text;
    this.at = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
  }

  List<CsvRow> rows() {
    var rows = new ArrayList<CsvRow>();
    while (at < text.length()) {
      var row = row();
      if (!row.fields().equals(List.of(""))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private CsvRow row() {
    var start = line;
    var fields = new ArrayList<String>();
    fields.add(field());
    while (peek() == ',') {
      at++;
      fields.add(field());
    }
    endLine();
    return new CsvRow(start, fields);
  }

  private String field() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
    return peek() == '"' ? quotedField() : plainField();
  }

  private String plainField() {
    var start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quotedField() {
    var start = line;
    var value = new StringBuilder();
    at++;
    while (at < text.length()) {
      var next = text.charAt(at++);
      if (next == '"' && peek() != '"') {
        return afterQuote(value.toString());
      }
      if (next == '"') {
        at++;
      }
      if (next == '\n') {
        line++;
      }
      value.append(next);
    }
    throw new TrainingException(path + ", line " + start + ": a quoted field is never closed");
  }

  private String afterQuote(String value) {
    var rest = plainField();
    if (!rest.isEmpty()) {
      throw new TrainingException(
          "%s, line %d: text after a closing quote: %s%s"
              .formatted(path, line, rest, otherSeparator(rest)));
    }
    return value;
  }

  /// A hint if a text seems to have been separated by something else than commas, else nothing.
  static String otherSeparator(String text) {
    for (var separator : List.of(";", "\t", "|")) {
      if (text.contains(separator)) {
        return "; is the separator %s? It must be a comma"
            .formatted(separator.equals("\t") ? "a tab" : "'" + separator + "'");
      }
    }
    return "";
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void endLine() {
    if (peek() == '\r') {
      at++;
    }
    if (peek() == '\n') {
      at++;
    }
    line++;
  }
}
