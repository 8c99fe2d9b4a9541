package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops commit`: as `dvc commit`.
@Command(
    description = "Records what is in the workspace now, without running anything.",
    mixinStandardHelpOptions = true)
public final class CommitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "Do not ask about what changed.")
  private boolean force;

  @Option(
      names = {"-d", "--with-deps"},
      description = "Also what the targets depend on.")
  private boolean withDependencies;

  @Option(
      names = {"-R", "--recursive"},
      description = "A target may be a folder: all in it.")
  private boolean recursive;

  @Option(
      names = "--no-relink",
      description = "Leave the files of the workspace as they are, even if links are configured.")
  @SuppressWarnings("UnusedVariable") // a commit of ours never replaces files of the workspace
  private boolean noRelink;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    var progress = new ReproProgress(pipeline, ReproOptions.DEFAULT, System.out);
    var selection = new StageSelection(targets, Scope.SINGLE, recursive, false);
    try {
      pipeline.commit(
          selection,
          withDependencies,
          force,
          (node, _) -> Prompt.confirmAtTerminal(question(pipeline, node), System.err),
          progress);
      return 0;
    } catch (PipelineException e) {
      var names = targets.isEmpty() ? "" : " " + String.join(" ", targets);
      System.err.println("ERROR: failed to commit" + names + " - " + e.getMessage());
      return 1;
    }
  }

  private static String question(Pipeline pipeline, Node node) {
    return "'%s' differs from what is recorded. Commit it?".formatted(pipeline.shown(node));
  }
}
