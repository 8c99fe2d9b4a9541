package io.mlopscore.training.csv;

import java.util.List;

/// A row of a CSV file.
///
/// @param line the line of the file where it begins, from 1
public record CsvRow(long line, List<String> fields) {
  public CsvRow {
    fields = List.copyOf(fields);
  }
}
