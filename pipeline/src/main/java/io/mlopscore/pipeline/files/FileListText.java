package io.mlopscore.pipeline.files;

import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.files.FileList.Line;
import io.mlopscore.pipeline.files.FileList.Node;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lists of files as `dvc ls` prints them.
///
/// @param sizes whether to show sizes
/// @param hashes whether to show what data hashes to
public record FileListText(boolean sizes, boolean hashes) {
  private static final int BASE = 1024;
  private static final List<String> UNITS = List.of("k", "M", "G", "T", "P", "E");

  private record Row(String size, String hash, String name) {}

  public String lines(List<Line> lines) {
    return text(lines.stream().map(line -> row(line.entry(), line.name())).toList());
  }

  /// @param start what the top is called
  public String tree(Node top, String start) {
    var rows = new ArrayList<Row>();
    rows.add(row(top.entry(), start));
    branches(rows, top, "");
    return text(rows);
  }

  private static void branches(List<Row> rows, Node folder, String prefix) {
    for (int i = 0; i < folder.inside().size(); i++) {
      var node = folder.inside().get(i);
      boolean isLast = i == folder.inside().size() - 1;
      rows.add(row(node.entry(), prefix + (isLast ? "└── " : "├── ") + node.entry().name()));
      branches(rows, node, prefix + (isLast ? "    " : "│   "));
    }
  }

  private static Row row(FileEntry entry, String name) {
    return new Row(size(entry), entry.hash().map(Hash::value).orElse("-"), name);
  }

  private static String size(FileEntry entry) {
    return entry.size() < 0 || (entry.isFolder() && entry.size() == 0) ? "" : size(entry.size());
  }

  /// Three digits and a unit, such as `4.00k`.
  private static String size(long bytes) {
    double value = bytes;
    var unit = "";
    for (int i = 0; value >= BASE && i < UNITS.size(); i++) {
      value /= BASE;
      unit = UNITS.get(i);
    }
    int digits = unit.isEmpty() ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f%s", value, unit);
  }

  private String text(List<Row> rows) {
    int size = rows.stream().mapToInt(row -> row.size().length()).max().orElse(0);
    int hash = rows.stream().mapToInt(row -> row.hash().length()).max().orElse(0);
    var text = new StringBuilder();
    for (var row : rows) {
      if (sizes) {
        text.append(" ".repeat(size - row.size().length())).append(row.size()).append("  ");
      }
      if (hashes) {
        text.append(row.hash()).append(" ".repeat(hash - row.hash().length())).append("  ");
      }
      text.append(row.name()).append('\n');
    }
    return text.toString();
  }

  public String json(List<Line> lines) {
    var entries = new ArrayList<Value>();
    for (var line : lines) {
      var entry = line.entry();
      entries.add(
          Mapping.EMPTY
              .with("isout", new Bool(entry.isOutput()))
              .with("isdir", new Bool(entry.isFolder()))
              .with("isexec", new Bool(entry.isExecutable()))
              .with("size", entry.size() < 0 ? Value.none() : Value.of(entry.size()))
              .with("md5", entry.hash().map(hash -> Value.of(hash.value())).orElse(Value.none()))
              .with("path", Value.of(line.name())));
    }
    return JsonText.of(new Items(entries));
  }
}
