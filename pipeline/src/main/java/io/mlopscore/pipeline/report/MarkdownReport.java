package io.mlopscore.pipeline.report;

import static io.mlopscore.pipeline.report.Markdown.code;
import static io.mlopscore.pipeline.report.Markdown.count;
import static io.mlopscore.pipeline.report.Markdown.head;
import static io.mlopscore.pipeline.report.Markdown.row;

import io.mlopscore.pipeline.compare.DataDiff;
import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.gates.Verdict;
import io.mlopscore.pipeline.report.Report.Side;
import io.mlopscore.pipeline.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A report in GitHub's Markdown, as the text of one comment.
///
/// Its first line is a hidden marker, by which the comment is found again.
public final class MarkdownReport {
  /// GitHub takes no longer comments.
  private static final int MOST_CHARACTERS = 65_536;

  /// How many rows a table has: all, or as many as fit.
  private static final List<Integer> ROWS = List.of(Integer.MAX_VALUE, 1000, 200, 50, 15, 5);

  private final Report report;
  private final PictureSection pictures;

  public MarkdownReport(Report report, PictureFiles files, PictureSection.Links links) {
    this.report = report;
    this.pictures = new PictureSection(report, files, links);
  }

  /// The text; tables are cut where it would be too long for GitHub.
  public String text() {
    for (int rows : ROWS) {
      var text = text(rows);
      if (text.length() <= MOST_CHARACTERS) {
        return text;
      }
    }
    return summary() + cutShort();
  }

  private String cutShort() {
    return "\nThe rest does not fit into a comment: `mlops report --format json --base "
        + report.base().name()
        + "` has all of it.\n";
  }

  private String text(int rows) {
    return summary()
        + gates(rows)
        + metrics(rows)
        + params(rows)
        + data(rows)
        + pictures.text(rows)
        + problems(rows)
        + (rows == Integer.MAX_VALUE ? "" : cutShort());
  }

  private String summary() {
    var place = report.project().equals(".") ? "" : " of " + code(report.project());
    return "<!-- mlops report %s -->\n## Model%s: %s\n\n%s beside %s.%s\n"
        .formatted(
            report.project().replaceAll("[^A-Za-z0-9._/-]", "_"),
            place,
            verdict(),
            named(report.head()),
            named(report.base()),
            report.isFirst() && !report.metrics().isEmpty()
                ? " There are no metrics at the base to compare with."
                : "");
  }

  private String verdict() {
    long failed = report.verdicts().stream().filter(verdict -> !verdict.passed()).count();
    int all = report.verdicts().size();
    if (failed > 0) {
      return "❌ %d of %s failed".formatted(failed, count(all, "gate"));
    }
    return all > 0 ? "✅ %s passed".formatted(count(all, "gate")) : changes();
  }

  private String changes() {
    int metrics = report.changedMetrics().size();
    boolean isSame = metrics == 0 && report.params().isEmpty() && report.data().isEmpty();
    return isSame ? "nothing changed" : count(metrics, "metric") + " changed";
  }

  private static String named(Side side) {
    return code(side.name()) + side.commit().map(id -> " (" + id.substring(0, 8) + ")").orElse("");
  }

  private String gates(int rows) {
    var text = new StringBuilder();
    if (!report.verdicts().isEmpty()) {
      text.append("\n### Gates\n\n")
          .append(head(List.of("Metric", "Asks for", "Before", "Now", "Verdict"), 0))
          .append(rows(report.verdicts(), rows, MarkdownReport::gate));
    }
    if (!report.gateChanges().isEmpty()) {
      text.append("\nThis change also changes the gates:\n\n");
      report.gateChanges().stream()
          .limit(rows)
          .forEach(line -> text.append("- ").append(code(line)).append('\n'));
    }
    return text.toString();
  }

  private static List<String> gate(Verdict verdict) {
    var said =
        verdict.passed()
            ? verdict.lacksComparison() ? "✅ passed, nothing to compare with" : "✅ passed"
            : "❌ " + String.join("; ", verdict.breaches());
    return List.of(
        code(verdict.gate().metric()),
        verdict.gate().text(),
        verdict.before().map(Numbers::text).orElse("-"),
        verdict.now().map(Numbers::text).orElse("-"),
        said);
  }

  private String metrics(int rows) {
    var changed = report.changedMetrics();
    var same = report.unchangedMetrics();
    var text = new StringBuilder("\n### Metrics\n\n");
    if (changed.isEmpty()) {
      text.append(same.isEmpty() ? "There are none.\n" : "None changed.\n");
    } else {
      text.append(values("Metric", changed, true, rows));
    }
    if (!same.isEmpty()) {
      text.append("\n<details><summary>%s unchanged</summary>\n\n".formatted(same.size()))
          .append(values("Metric", same, false, rows))
          .append("\n</details>\n");
    }
    return text.toString();
  }

  private String params(int rows) {
    return report.params().isEmpty()
        ? ""
        : "\n### Parameters\n\n" + values("Parameter", report.params(), false, rows);
  }

  /// The file of each value is told where there are several.
  private String values(
      String kind, List<ValueDifference> differences, boolean withChange, int rows) {
    boolean severalFiles = differences.stream().map(ValueDifference::file).distinct().count() > 1;
    var headings = new ArrayList<>(severalFiles ? List.of("File", kind) : List.of(kind));
    headings.add(code(report.base().name()));
    headings.add(code(report.head().name()));
    headings.addAll(withChange ? List.of("Change") : List.of());
    return head(headings, withChange ? 3 : 2)
        + rows(differences, rows, difference -> value(difference, severalFiles, withChange));
  }

  private static List<String> value(
      ValueDifference difference, boolean severalFiles, boolean withChange) {
    var cells = new ArrayList<String>();
    if (severalFiles) {
      cells.add(code(difference.file()));
    }
    cells.add(code(difference.name()));
    cells.add(shown(difference.before()));
    cells.add(shown(difference.now()));
    if (withChange) {
      cells.add(difference.change().map(Numbers::signed).orElse("-"));
    }
    return cells;
  }

  private static String shown(Optional<Value> value) {
    return value.map(MarkdownReport::shown).orElse("-");
  }

  private static String shown(Value value) {
    boolean isNumber = value instanceof Value.Real || value instanceof Value.Int;
    return isNumber ? Numbers.text(value) : code(Numbers.text(value));
  }

  private String data(int rows) {
    var lines = new ArrayList<List<String>>();
    report
        .data()
        .items()
        .forEach((state, items) -> items.forEach(item -> lines.add(data(state, item))));
    return lines.isEmpty()
        ? ""
        : "\n### Data\n\n" + head(List.of("Path", "Became"), 0) + rows(lines, rows, line -> line);
  }

  private static List<String> data(DataDiff.State state, DataDiff.Item item) {
    var path = code(item.path()) + item.newPath().map(now -> " → " + code(now)).orElse("");
    return List.of(path, state.word());
  }

  private String problems(int rows) {
    var text = new StringBuilder();
    if (!report.problems().isEmpty()) {
      text.append("\n### Not shown\n\n");
      report.problems().stream()
          .limit(rows)
          .forEach(line -> text.append("- ").append(code(line)).append('\n'));
    }
    return text.toString();
  }

  /// As many rows as there may be, and how many are left out.
  static <T> String rows(List<T> things, int most, Function<T, List<String>> cells) {
    var text = new StringBuilder();
    things.stream().limit(most).forEach(thing -> text.append(row(cells.apply(thing))));
    if (things.size() > most) {
      text.append("\nand %d more\n".formatted(things.size() - most));
    }
    return text.toString();
  }
}
