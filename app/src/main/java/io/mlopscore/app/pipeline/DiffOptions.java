package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.Table;
import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `metrics diff` and `params diff` have in common.
final class DiffOptions {
  @Parameters(index = "0", arity = "0..1", paramLabel = "A", description = "Older revision (HEAD).")
  private @Nullable String before;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "Newer revision (the workspace).")
  private @Nullable String now;

  @Option(names = "--targets", arity = "1..*", description = "Only these files or directories.")
  private List<String> targets = List.of();

  @Option(names = "--all", description = "Show what is unchanged, too.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--md", description = "Print a Markdown table.")
  private boolean markdown;

  @Option(names = "--no-path", description = "Leave out the column of paths.")
  private boolean noPath;

  @Option(
      names = "--precision",
      defaultValue = "5",
      description = "Digits after the point (${DEFAULT-VALUE}).")
  private int precision = 5;

  /// @param kind the heading above the names
  /// @param change whether to show by how much numbers grew
  int run(ValueFiles.Source source, String kind, boolean change) throws IOException {
    var workspace = Pipeline.open(Path.of(""));
    var revisions = new Revisions(workspace);
    var read = new RevisionValues(kind.toLowerCase(Locale.ROOT) + "s", source, workspace, targets);
    var older = before == null ? "HEAD" : before;
    var differences = differences(revisions, read, older);
    if (json) {
      System.out.println(JsonText.of(ValueDifference.json(differences)));
    } else if (!differences.isEmpty()) {
      var table = table(differences, kind, older, change);
      System.out.print(markdown ? table.markdown() : table.text());
    }
    return 0;
  }

  /// Nothing before the first commit.
  private List<ValueDifference> differences(Revisions revisions, RevisionValues read, String older)
      throws IOException {
    if (revisions.git().find("HEAD").isEmpty()) {
      return List.of();
    }
    var old = read.of(older, revisions.at(older));
    var values = now == null ? read.ofWorkspace() : read.of(now, revisions.at(now));
    return ValueDifference.between(old, values, all);
  }

  private Table table(
      List<ValueDifference> differences, String kind, String older, boolean change) {
    var headings = new ArrayList<>(List.of("Path", kind, older, now == null ? "workspace" : now));
    if (change) {
      headings.add("Change");
    }
    var table = new Table(shown(headings));
    for (var difference : differences) {
      var cells = new ArrayList<>(List.of(difference.file(), difference.name()));
      cells.add(Table.cell(difference.before(), precision));
      cells.add(Table.cell(difference.now(), precision));
      if (change) {
        cells.add(Table.cell(difference.change().or(Optional::empty), precision));
      }
      table.row(shown(cells));
    }
    return table;
  }

  private List<String> shown(List<String> cells) {
    return noPath ? cells.subList(1, cells.size()) : cells;
  }
}
