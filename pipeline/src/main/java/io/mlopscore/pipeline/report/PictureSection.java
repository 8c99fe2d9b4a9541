package io.mlopscore.pipeline.report;

import static io.mlopscore.pipeline.report.Markdown.code;
import static io.mlopscore.pipeline.report.Markdown.head;
import static io.mlopscore.pipeline.report.Markdown.row;

import io.mlopscore.pipeline.report.Picture.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pictures in a comment. GitHub shows none that is not somewhere in the web; for those that
/// are not, a table or a diagram tells the same.
public final class PictureSection {
  /// A larger table is wider than a comment.
  private static final int MOST_LABELS = 12;
  private static final int MOST_CHARTS = 4;

  /// Where readers find more.
  ///
  /// @param images the address that pictures lie below, for whoever reads the comment
  /// @param files the page where all files can be had
  public record Links(Optional<String> images, Optional<String> files) {
    public static final Links NONE = new Links(Optional.empty(), Optional.empty());
  }

  private final Report report;
  private final PictureFiles files;
  private final Links links;

  PictureSection(Report report, PictureFiles files, Links links) {
    this.report = report;
    this.files = files;
    this.links = links;
  }

  String text(int most) {
    if (report.pictures().isEmpty()) {
      return "";
    }
    var text = new StringBuilder("\n### Pictures\n");
    report.pictures().stream().limit(most).forEach(picture -> text.append(one(picture)));
    links.files().ifPresent(page -> text.append("\n[All pictures](%s)\n".formatted(page)));
    return text.toString();
  }

  private String one(Picture picture) {
    var title = "\n%s\n\n".formatted(code(picture.name()));
    return title + (links.images().isPresent() ? linked(picture) : instead(picture));
  }

  private String linked(Picture picture) {
    var text = new StringBuilder();
    for (var file : files.of(picture)) {
      var base = links.images().orElseThrow();
      text.append("![%s](%s/%s)\n".formatted(file, base.replaceAll("/+$", ""), file));
    }
    return text.toString();
  }

  private String instead(Picture picture) {
    return switch (picture) {
      case Matrix matrix -> table(matrix);
      case Picture.Curves curves -> charts(curves);
      case Picture.Made _ -> "A picture of a stage, which a comment cannot show.\n";
    };
  }

  private String charts(Picture.Curves curves) {
    var charts = new Mermaid(curves).charts();
    var shown = String.join("\n", charts.subList(0, Math.min(charts.size(), MOST_CHARTS)));
    return "Grey: %s. Blue: %s.\n\n"
            .formatted(code(report.base().name()), code(report.head().name()))
        + shown;
  }

  private String table(Matrix matrix) {
    var labels = List.copyOf(matrix.labels());
    if (labels.size() > MOST_LABELS) {
      return "%d labels are too many for a table.\n".formatted(labels.size());
    }
    var either = matrix.either();
    var headings =
        new ArrayList<>(List.of(code(either.rows()) + " ↓ " + code(either.columns()) + " →"));
    labels.forEach(label -> headings.add(code(label)));
    var text = new StringBuilder(head(headings, labels.size()));
    for (var label : labels) {
      text.append(row(cells(matrix, label, labels)));
    }
    return text.toString();
  }

  private static List<String> cells(Matrix matrix, String row, List<String> labels) {
    var cells = new ArrayList<>(List.of(code(row)));
    for (var column : labels) {
      var old = matrix.before().map(side -> side.count(row, column));
      var count = matrix.now().map(side -> side.count(row, column));
      cells.add(old.equals(count) ? shown(count) : shown(old) + " → " + shown(count));
    }
    return cells;
  }

  private static String shown(Optional<Long> count) {
    return count.map(String::valueOf).orElse("-");
  }
}
