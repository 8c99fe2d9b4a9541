package io.mlopscore.pipeline.report;

import java.util.List;

/// Pieces of GitHub's Markdown. Names and values come from files that anybody may have written, so
/// they stand in code spans, where nothing in them is a link, a tag or a mention.
final class Markdown {
  private static final int LONGEST = 120;

  private Markdown() {}

  static String code(String text) {
    var line = Svg.shortened(text.replaceAll("[\\p{Cntrl}]+", " ").strip(), LONGEST);
    if (line.isEmpty()) {
      return "";
    }
    var fence = line.contains("`") ? "``" : "`";
    var pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + pad + line.replace("``", "` `") + pad + fence;
  }

  static String row(List<String> cells) {
    var row = new StringBuilder("|");
    cells.forEach(cell -> row.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    return row.append('\n').toString();
  }

  /// @param right how many columns from the last are set to the right
  static String head(List<String> headings, int right) {
    var rule = new StringBuilder("|");
    for (int i = 0; i < headings.size(); i++) {
      rule.append(i < headings.size() - right ? "---|" : "---:|");
    }
    return row(headings) + rule + "\n";
  }

  /// @param number of them
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
