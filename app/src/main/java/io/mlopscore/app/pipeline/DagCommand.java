package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DagGraph;
import io.mlopscore.pipeline.DagPage;
import io.mlopscore.pipeline.DagText;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops dag`: as `dvc dag`.
@Command(description = "Shows the stages and what they wait for.", mixinStandardHelpOptions = true)
public final class DagCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TARGET",
      description = "Only these stages, files or outputs and what they depend on.")
  private List<String> targets = List.of();

  @Option(names = "--dot", description = "Print Graphviz text.")
  private boolean dot;

  @Option(names = "--mermaid", description = "Print Mermaid text.")
  private boolean mermaid;

  @Option(names = "--md", description = "Print Mermaid text in a Markdown fence.")
  private boolean markdown;

  @Option(
      names = "--html",
      description = "Print a page with the state of each stage and what its last run took.")
  private boolean html;

  @Option(names = "--full", description = "All that is connected with the targets.")
  private boolean full;

  @Option(
      names = {"-o", "--outs"},
      description = "Show outputs instead of stages.")
  private boolean outputs;

  @Option(
      names = "--collapse-foreach-matrix",
      description = "Show the stages of each foreach or matrix as one.")
  private boolean collapsed;

  @Override
  public Integer call() throws IOException {
    System.out.print(text());
    return 0;
  }

  private String text() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    if (html) {
      return DagPage.of(pipeline, targets, full, ZoneId.systemDefault()).html();
    }
    var dag =
        new DagText(DagGraph.of(pipeline, new DagGraph.View(targets, full, outputs, collapsed)));
    if (markdown) {
      return "```mermaid\n" + dag.mermaid() + "```\n";
    }
    if (mermaid) {
      return dag.mermaid();
    }
    return dot ? dag.dot() : dag.boxes();
  }
}
