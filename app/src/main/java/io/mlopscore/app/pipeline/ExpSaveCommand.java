package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.experiments.NewExperiments;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp save`: as `dvc exp save`.
@Command(
    name = "save",
    description = "Keeps the state of the workspace as an experiment; nothing runs.",
    mixinStandardHelpOptions = true)
final class ExpSaveCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TARGET",
      description = "Record the data of these stages and .dvc files only (all).")
  private List<String> targets = List.of();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Of the experiment (two words).")
  private @Nullable String name;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "Message of its commit.")
  private @Nullable String message;

  @Option(
      names = {"-f", "--force"},
      description = "Replace an experiment of this name.")
  private boolean force;

  @Option(
      names = {"-I", "--include-untracked"},
      arity = "1",
      paramLabel = "PATH",
      description = "Also this file, which git does not know; may be repeated.")
  private List<String> included = List.of();

  @Option(names = "--json", description = "The commit as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    var files = included.stream().map(pipeline::resolve).toList();
    var made =
        new NewExperiments(pipeline, new SplittableRandom())
            .save(targets, Optional.ofNullable(name), force, files, Optional.ofNullable(message));
    if (!made.untracked().isEmpty()) {
      RemoteOptions.warn(
          "git does not know these files, which are not part of the experiment; -I adds one:\n\t"
              + String.join(", ", made.untracked()));
    }
    System.out.println(
        json
            ? "{\"ref\": \"" + made.commit() + "\"}"
            : "Experiment has been saved as: " + made.name());
    return 0;
  }
}
