package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.ReproOptions.OnError;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.StageRun;
import io.mlopscore.pipeline.executor.TaskOutput.Channel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Prints the progress of `repro` in the words of `dvc repro`.
///
/// What stages that run side by side write is printed from their logs, one after the other, each as
/// it ends.
public final class ReproProgress implements ReproListener {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final Pipeline pipeline;
  private final ReproOptions options;
  private final boolean explains;
  private final boolean tellsFailure;
  private final PrintStream out;
  private final PrintStream err = System.err;
  private final Set<Path> written = new HashSet<>();

  /// Stages that run, whose logs are printed at their end.
  private final Set<Stage> logged = new HashSet<>();

  private boolean ranBefore;

  public ReproProgress(Pipeline pipeline, ReproOptions options, PrintStream out) {
    this(pipeline, options, false, true, out);
  }

  ReproProgress(Pipeline pipeline, ReproOptions options, boolean explains, PrintStream out) {
    this(pipeline, options, explains, true, out);
  }

  private ReproProgress(
      Pipeline pipeline,
      ReproOptions options,
      boolean explains,
      boolean tellsFailure,
      PrintStream out) {
    this.pipeline = pipeline;
    this.options = options;
    this.explains = explains;
    this.tellsFailure = tellsFailure;
    this.out = out;
  }

  /// For a command that itself tells of the failure that stopped it.
  static ReproProgress within(Pipeline pipeline, ReproOptions options, PrintStream out) {
    return new ReproProgress(pipeline, options, false, false, out);
  }

  private boolean isSideBySide() {
    return options.jobs() > 1 && !options.has(Flag.DRY);
  }

  /// An empty line sets a node apart from a stage that ran before it.
  private void nextNode() {
    if (ranBefore) {
      out.println();
    }
    ranBefore = false;
  }

  @Override
  public synchronized void unchanged(Node node) {
    nextNode();
    var kind = node instanceof Stage ? "Stage " : "";
    out.println(kind + "'" + pipeline.shown(node) + "' didn't change, skipping");
  }

  @Override
  public synchronized void restored(Stage stage) {
    nextNode();
    out.println(
        "Stage '" + pipeline.shown(stage) + "' is cached - skipping run, checking out outputs");
    ranBefore = !options.has(Flag.DRY);
  }

  @Override
  public synchronized void explained(Stage stage, List<String> reasons) {
    if (explains && !reasons.isEmpty()) {
      nextNode();
      out.println("Stage '" + pipeline.shown(stage) + "' is stale:");
      reasons.forEach(reason -> out.println("\t" + reason));
    }
  }

  @Override
  public synchronized void started(Stage stage) {
    if (isSideBySide()) {
      logged.add(stage);
      err.println("Stage '" + pipeline.shown(stage) + "' starts");
    } else {
      title(stage);
    }
  }

  private void title(Stage stage) {
    nextNode();
    out.println("Running stage '" + pipeline.shown(stage) + "':");
    ranBefore = true;
  }

  @Override
  public synchronized void command(Stage stage, String text) {
    if (!logged.contains(stage)) {
      out.println("> " + text);
      out.flush();
    }
  }

  @Override
  public synchronized void output(Stage stage, Channel channel, byte[] bytes, int length) {
    if (!logged.contains(stage)) {
      var stream = channel == Channel.STANDARD ? out : err;
      stream.write(bytes, 0, length);
      stream.flush();
    }
  }

  @Override
  public synchronized void unlogged(Stage stage, String reason) {
    printLog(stage);
    err.println(
        "WARNING: what '%s' writes is not kept from here on: %s"
            .formatted(pipeline.shown(stage), reason));
  }

  @Override
  public boolean showsOutput() {
    return !isSideBySide() && Prompt.terminal().isPresent();
  }

  private void printLog(Stage stage) {
    if (logged.remove(stage)) {
      title(stage);
      try {
        Files.copy(pipeline.history().log(stage), out);
      } catch (IOException e) {
        err.println("WARNING: its output cannot be shown: " + FailureText.of(e));
      }
      out.flush();
    }
  }

  @Override
  public synchronized void finished(Stage stage, StageRun run) {
    printLog(stage);
    if (run.duration().compareTo(WORTH_TELLING) >= 0) {
      out.flush();
      err.println("Stage '" + pipeline.shown(stage) + "' took " + RunText.of(run));
    }
  }

  @Override
  public synchronized void progress(int left, Duration time) {
    if (left > 0) {
      var known = time.isZero() ? "" : ", about " + RunText.of(time) + " by their history";
      err.println(left + (left == 1 ? " stage" : " stages") + " left" + known);
    }
  }

  @Override
  public synchronized void retried(Stage stage, String message, Duration pause) {
    err.println(
        "WARNING: stage '%s': %s; once more%s"
            .formatted(
                pipeline.shown(stage), message, pause.isZero() ? "" : " in " + RunText.of(pause)));
  }

  @Override
  public synchronized void frozen(Stage stage) {
    err.println(
        "WARNING: stage '%s' is frozen. What it depends on is not reproduced."
            .formatted(pipeline.shown(stage)));
  }

  @Override
  public synchronized void verified(Node node) {
    nextNode();
    out.println(
        node instanceof Stage || node.frozen()
            ? "Verifying outputs in frozen stage: '" + pipeline.shown(node) + "'"
            : "Verifying data sources in stage: '" + pipeline.shown(node) + "'");
    ranBefore = true;
  }

  @Override
  public synchronized void imported(PartialImport partial) {
    nextNode();
    out.println(
        "Importing '%s' -> '%s'".formatted(partial.source(), pipeline.shown(partial.output())));
    ranBefore = true;
  }

  @Override
  public synchronized void pulled(Node node) {
    nextNode();
    out.println("Pulling data for stage: '" + pipeline.shown(node) + "'");
  }

  @Override
  public boolean confirmed(Node node) {
    return Prompt.confirmAtTerminal(
        "Going to reproduce stage '%s'. Go on?".formatted(pipeline.shown(node)), err);
  }

  @Override
  public synchronized void failed(Node node, String message, boolean ignored, List<Node> skipped) {
    if (node instanceof Stage stage) {
      printLog(stage);
    }
    out.flush();
    if (options.onError() == OnError.STOP) {
      if (tellsFailure) {
        err.println("ERROR: failed to reproduce '" + pipeline.shown(node) + "': " + message);
      }
      return;
    }
    err.println("WARNING: " + message + (ignored ? " (ignored)" : ""));
    if (!skipped.isEmpty()) {
      err.println(
          "WARNING: %s %s will be skipped due to this failure"
              .formatted(skipped.size() > 1 ? "Stages" : "Stage", names(skipped)));
    }
  }

  private String names(List<Node> nodes) {
    var quoted = nodes.stream().map(node -> "'" + pipeline.shown(node) + "'").toList();
    int last = quoted.size() - 1;
    return last == 0
        ? quoted.getFirst()
        : String.join(", ", quoted.subList(0, last)) + " and " + quoted.get(last);
  }

  @Override
  public synchronized void lockWritten(Path file, boolean created) {
    var name = pipeline.shown(file);
    var text = "Updating lock file '" + name + "'";
    if (!isSideBySide() || created) {
      out.println(created ? "Generating lock file '" + name + "'\n" + text : text);
    }
    written.add(file);
  }

  @Override
  public synchronized void changed(Path file) {
    written.add(file);
  }

  @Override
  public synchronized void warned(String message) {
    err.println("WARNING: " + message);
  }

  /// Says which files git should get.
  void tellTracked() throws IOException {
    GitHint.print(pipeline, written);
  }

  /// Says how it ended; returns whether that was well.
  public boolean summary(List<StageResult> results) throws IOException {
    var failed = new ArrayList<Node>();
    for (var result : results) {
      if (result.outcome() instanceof Outcome.Failed) {
        failed.add(result.node());
      }
    }
    if (!failed.isEmpty() && options.onError() != OnError.IGNORE) {
      if (options.onError() == OnError.KEEP_GOING) {
        err.println(
            "ERROR: failed to reproduce%s %s"
                .formatted(failed.size() > 1 ? " stages:" : "", names(failed)));
      }
      return false;
    }
    tellTracked();
    boolean ran =
        results.stream()
            .anyMatch(
                result ->
                    result.changedSomething() || result.outcome() instanceof Outcome.WouldRun);
    out.println(
        ran
            ? "Use `mlops push` to send your updates to remote storage."
            : "Data and pipelines are up to date.");
    return true;
  }
}
