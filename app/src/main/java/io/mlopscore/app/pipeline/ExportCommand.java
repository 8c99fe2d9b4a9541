package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.argo.ArgoSettings;
import io.mlopscore.pipeline.argo.ArgoWorkflow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops export`: the stages in the language of another engine.
@Command(
    description = "Writes the stages as a workflow of another engine.",
    mixinStandardHelpOptions = true,
    subcommands = ExportCommand.Argo.class)
public final class ExportCommand {
  /// `mlops export argo`.
  @Command(
      name = "argo",
      description = {
        "Prints an Argo Workflow that runs each stage in a pod of its own:",
        "mlops export argo --image IMAGE --claim CLAIM | kubectl create -f -"
      },
      mixinStandardHelpOptions = true)
  static final class Argo implements Callable<Integer> {
    @Parameters(
        paramLabel = "TARGET",
        description = "Only these stages and what they depend on (all).")
    private List<String> targets = List.of();

    @Option(
        names = "--image",
        required = true,
        description = "Image with mlops and what the stages call.")
    private String image = "";

    @Option(
        names = "--claim",
        required = true,
        description = "Volume claim that holds the repository; more than one pod mounts it.")
    private String claim = "";

    @Option(
        names = "--directory",
        description = "The repository's folder in that volume (its root).")
    private String directory = "";

    @Option(
        names = "--name",
        defaultValue = "pipeline",
        description = "Begins the names of runs (${DEFAULT-VALUE}).")
    private String name = "pipeline";

    @Option(names = "--service-account", description = "Of the pods (the namespace's default).")
    private @Nullable String account;

    @Override
    public Integer call() throws IOException {
      var pipeline = Pipeline.open(Path.of(""));
      var graph = pipeline.graph();
      var workflow =
          new ArgoWorkflow(graph, graph.inOrder(pipeline.targets(graph.nodes()).of(targets)));
      var settings = new ArgoSettings(name, image, claim, directory, Optional.ofNullable(account));
      System.out.print(workflow.text(settings));
      return 0;
    }
  }
}
