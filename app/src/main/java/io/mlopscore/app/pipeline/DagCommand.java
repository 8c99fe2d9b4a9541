package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DagText;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops dag`: as `dvc dag`.
@Command(description = "Shows the stages and what they wait for.", mixinStandardHelpOptions = true)
public final class DagCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "TARGET",
      description = "Only this and what it depends on.")
  private List<String> targets = List.of();

  @Option(names = "--dot", description = "Print Graphviz text.")
  private boolean dot;

  @Option(names = "--mermaid", description = "Print Mermaid text.")
  private boolean mermaid;

  @Option(names = "--md", description = "Print Mermaid text in a Markdown fence.")
  private boolean markdown;

  @Override
  public Integer call() throws IOException {
    System.out.print(text());
    return 0;
  }

  private String text() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var dag = DagText.of(pipeline, targets);
    if (markdown) {
      return "```mermaid\n" + dag.mermaid() + "```\n";
    }
    if (mermaid) {
      return dag.mermaid();
    }
    return dot ? dag.dot() : dag.boxes();
  }
}
