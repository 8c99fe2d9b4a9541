package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.StageListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops stage list`: as `dvc stage list`.
@Command(
    name = "list",
    description = "Lists stages and what they write.",
    mixinStandardHelpOptions = true)
public final class StageListCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TARGET",
      description = "A dvc.yaml, a stage in it, or a .dvc file (./dvc.yaml).")
  private List<String> targets = List.of("dvc.yaml");

  @Option(names = "--all", description = "All stages and data of the repository.")
  private boolean all;

  @Option(names = "--fail", description = "With --all: end at a file that cannot be read.")
  private boolean strict;

  @Option(
      names = {"-R", "--recursive"},
      description = "A directory stands for all stages in it.")
  private boolean recursive;

  @Option(
      names = {"--name-only", "--names-only"},
      description = "Only the names.")
  private boolean namesOnly;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var listing = new StageListing(pipeline, Path.of(""));
    var nodes = all ? listing.all(strict) : listing.named(targets, recursive);
    var names = nodes.stream().map(pipeline::shown).toList();
    int width =
        names.stream().mapToInt(name -> name.codePointCount(0, name.length())).max().orElse(0);
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      int blanks = width - name.codePointCount(0, name.length()) + 2;
      var rest = namesOnly ? "" : " ".repeat(blanks) + StageListing.describe(nodes.get(i));
      System.out.println(name + rest);
    }
    return 0;
  }
}
