package io.mlopscore.training.csv;

import static java.util.stream.Collectors.joining;

import io.mlopscore.training.TrainingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// A CSV file in memory: UTF-8, separated by commas, with a header, quoted where needed.
///
/// @param path where it came from, for messages
/// @param header the names of the columns, all different
/// @param rows the rows, each as wide as the header
public record CsvFile(Path path, List<String> header, List<CsvRow> rows) {
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  public CsvFile {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /// @throws TrainingException if it is missing, not UTF-8, empty, or a row does not fit the header
  public static CsvFile read(Path path) {
    try {
      var rows = new CsvParser(path, Files.readString(path)).rows();
      if (rows.isEmpty()) {
        throw new TrainingException(path + ": empty; the first line must name the columns");
      }
      return checked(new CsvFile(path, rows.getFirst().fields(), rows.subList(1, rows.size())));
    } catch (NoSuchFileException e) {
      throw new TrainingException(path + ": no such file; `mlops repro` makes what is missing", e);
    } catch (CharacterCodingException e) {
      throw new TrainingException(path + ": not UTF-8; convert it first", e);
    } catch (IOException e) {
      throw new TrainingException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static CsvFile checked(CsvFile file) {
    var only = file.header.getFirst();
    var separator = CsvParser.otherSeparator(only);
    if (file.header.size() == 1 && !separator.isEmpty()) {
      throw new TrainingException(
          "%s, line 1: the header is one column, '%s'%s".formatted(file.path, only, separator));
    }
    var seen = new HashSet<String>();
    for (var i = 0; i < file.header.size(); i++) {
      var name = file.header.get(i);
      if (name.isBlank()) {
        throw new TrainingException(
            "%s, line 1: column %d has no name in the header".formatted(file.path, i + 1));
      }
      if (!seen.add(name)) {
        throw new TrainingException(
            "%s, line 1: the header has column '%s' twice".formatted(file.path, name));
      }
    }
    for (var row : file.rows) {
      if (row.fields().size() != file.header.size()) {
        throw new TrainingException(
            "%s, line %d: %d fields, but the header has %d columns"
                .formatted(file.path, row.line(), row.fields().size(), file.header.size()));
      }
    }
    return file;
  }

  /// The text of a file with the same header and other rows, with `\n` at the end of lines.
  public String text(List<CsvRow> chosen) {
    return line(header) + chosen.stream().map(row -> line(row.fields())).collect(joining());
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    return NEEDS_QUOTES.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
