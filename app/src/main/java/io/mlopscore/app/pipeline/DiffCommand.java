package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.DataDiff;
import io.mlopscore.pipeline.compare.DataDiffText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops diff`: as `dvc diff`.
@Command(
    description = "Shows data that differs between two revisions, or one and the workspace.",
    mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", arity = "0..1", paramLabel = "A", description = "Older revision (HEAD).")
  private String before = "HEAD";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "B",
      description = "Newer revision (the workspace).")
  private @Nullable String now;

  @Option(
      names = "--targets",
      arity = "0..*",
      paramLabel = "TARGET",
      description = "Only these outputs, files in them, stages or .dvc files.")
  private List<String> targets = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--show-hash", description = "Show what contents hash to.")
  private boolean hashes;

  @Option(names = "--md", description = "Print a Markdown table.")
  private boolean markdown;

  @Option(names = "--hide-missing", description = "Do not tell what the cache lacks.")
  private boolean hideMissing;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var found = DataDiff.of(pipeline, before, Optional.ofNullable(now), targets);
    var diff = hideMissing || now != null ? found.withoutMissing() : found;
    var text = new DataDiffText(diff, hashes);
    if (json) {
      System.out.println(text.json());
    } else {
      System.out.print(markdown ? text.markdown() : text.text());
    }
    return 0;
  }
}
