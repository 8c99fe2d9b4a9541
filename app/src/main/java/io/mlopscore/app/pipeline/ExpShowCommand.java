package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.Baselines;
import io.mlopscore.pipeline.experiments.ExperimentJson;
import io.mlopscore.pipeline.experiments.ExperimentShow;
import io.mlopscore.pipeline.experiments.ExperimentState;
import io.mlopscore.pipeline.experiments.ExperimentTable;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops exp show`: as `dvc exp show`.
@Command(
    name = "show",
    description = "Shows experiments with their metrics, parameters and data.",
    mixinStandardHelpOptions = true)
final class ExpShowCommand implements Callable<Integer> {
  private static final int DIGITS = 5;

  private enum Order {
    asc,
    desc
  }

  @Mixin private final BaselineOptions baselines = new BaselineOptions();

  @Option(
      names = {"-a", "--all-branches"},
      description = "Of the tips of all branches.")
  private boolean allBranches;

  @Option(
      names = {"-T", "--all-tags"},
      description = "Of all tags.")
  private boolean allTags;

  @Option(names = "--json", description = "All values as JSON.")
  private boolean json;

  @Option(names = "--csv", description = "The table as CSV.")
  private boolean csv;

  @Option(names = "--md", description = "The table in Markdown.")
  private boolean markdown;

  @Option(names = "--only-changed", description = "Only columns that differ between rows.")
  private boolean onlyChanged;

  @Option(
      names = "--drop",
      arity = "1",
      paramLabel = "REGEX",
      description = "Leave these columns out; may be repeated.")
  private List<String> drop = List.of();

  @Option(
      names = "--keep",
      arity = "1",
      paramLabel = "REGEX",
      description = "Show these columns in any case; may be repeated.")
  private List<String> keep = List.of();

  @Option(names = "--param-deps", description = "Only parameters that stages read.")
  private boolean onlyUsedParams;

  @Option(
      names = "--sort-by",
      paramLabel = "NAME",
      description = "Sort the experiments of a commit by this metric or parameter.")
  private @Nullable String sortBy;

  @Option(names = "--sort-order", defaultValue = "asc", description = "asc or desc (asc).")
  private Order order = Order.asc;

  @Option(names = "--sha", description = "Hashes rather than names of branches and tags.")
  private boolean hashes;

  @Option(names = "--hide-queued", description = "Without experiments that wait in the queue.")
  private boolean hideQueued;

  @Option(names = "--hide-failed", description = "Without experiments of the queue that failed.")
  private boolean hideFailed;

  @Option(names = "--hide-workspace", description = "Without the row of the workspace.")
  private boolean hideWorkspace;

  @Option(
      names = "--precision",
      paramLabel = "N",
      description = "Significant digits of floats (5; all with --csv).")
  private @Nullable Integer precision;

  @SuppressWarnings("UnusedVariable") // scripts written for dvc pass it
  @Option(names = "--no-pager", description = "Without effect: there is no pager.")
  private boolean noPager;

  @SuppressWarnings("UnusedVariable") // likewise
  @Option(
      names = {"-f", "--force"},
      description = "Without effect: nothing is read from a cache of tables.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    var chosen =
        new Baselines(
            baselines.revisions, baselines.last, baselines.allCommits, allBranches, allTags);
    var options =
        new ExperimentShow.Options(chosen, !hideWorkspace, hashes, onlyUsedParams, shownTasks());
    print(new ExperimentShow(Pipeline.open(Path.of("")), options).states());
    return 0;
  }

  private Set<State> shownTasks() {
    var shown = EnumSet.allOf(State.class);
    if (hideQueued) {
      shown.remove(State.QUEUED);
    }
    if (hideFailed) {
      shown.remove(State.FAILED);
    }
    return shown;
  }

  private void print(List<ExperimentState> states) {
    if (json) {
      System.out.println(new ExperimentJson(ZoneId.systemDefault()).write(states));
    } else if (csv || !states.isEmpty()) {
      var table = ExperimentTable.of(states, options());
      System.out.print(
          csv
              ? TableText.csv(table)
              : markdown ? TableText.markdown(table) + "\n" : TableText.ruled(table));
    }
  }

  private ExperimentTable.Options options() {
    var digits =
        precision != null
            ? OptionalInt.of(precision)
            : csv ? OptionalInt.empty() : OptionalInt.of(DIGITS);
    var zone = ZoneId.systemDefault();
    return new ExperimentTable.Options(
        csv,
        digits,
        Optional.ofNullable(sortBy),
        order == Order.desc,
        drop,
        keep,
        onlyChanged,
        zone,
        LocalDate.now(zone));
  }
}
