package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageResult;
import io.mlopscore.pipeline.StageResult.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Prints the progress of `repro` in the words of `dvc repro`.
public final class ReproProgress implements ReproListener {
  private final Pipeline pipeline;
  private final PrintStream out;
  private final Set<String> written = new TreeSet<>();

  public ReproProgress(Pipeline pipeline, PrintStream out) {
    this.pipeline = pipeline;
    this.out = out;
  }

  @Override
  public void unchanged(Node node) {
    var kind = node instanceof Stage ? "Stage " : "";
    out.println(kind + "'" + pipeline.shown(node) + "' didn't change, skipping");
  }

  @Override
  public void restored(Stage stage) {
    out.println(
        "Stage '" + pipeline.shown(stage) + "' is cached - skipping run, checking out outputs");
  }

  @Override
  public void started(Stage stage) {
    out.println("Running stage '" + pipeline.shown(stage) + "':");
  }

  @Override
  public void command(String text) {
    out.println("> " + text);
    out.flush();
  }

  @Override
  public void finished(Stage stage, Duration duration) {
    out.println();
  }

  @Override
  public void frozen(Stage stage) {
    out.println("Verifying outputs in frozen stage: '" + pipeline.shown(stage) + "'");
  }

  @Override
  public void failed(Stage stage, String message) {
    System.err.println("ERROR: " + message);
  }

  @Override
  public void lockWritten(Path file, boolean created) {
    var name = pipeline.shown(file);
    if (created) {
      out.println("Generating lock file '" + name + "'");
    }
    out.println("Updating lock file '" + name + "'");
    written.add(name);
  }

  @Override
  public void ignored(Path file) {
    written.add(pipeline.shown(file));
  }

  public void summary(List<StageResult> results, ReproOptions options) {
    results.stream()
        .filter(result -> result.outcome() instanceof Outcome.Failed)
        .filter(result -> !(result.node() instanceof Stage))
        .map(result -> ((Outcome.Failed) result.outcome()).message())
        .forEach(message -> System.err.println("ERROR: " + message));
    if (!written.isEmpty() && pipeline.repository().git().isPresent()) {
      out.println(
          "\nTo track the changes with git, run:\n\n\tgit add " + String.join(" ", written) + "\n");
    }
    boolean ran = results.stream().anyMatch(StageResult::changedSomething);
    if (ran && !options.dry()) {
      out.println("Use `mlops push` to send your updates to remote storage.");
    } else if (results.stream().allMatch(result -> result.outcome() instanceof Outcome.Unchanged)) {
      out.println("Data and pipelines are up to date.");
    }
  }
}
