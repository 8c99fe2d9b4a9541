package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.Experiments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops exp list`: as `dvc exp list`.
@Command(
    name = "list",
    aliases = "ls",
    description = "Lists experiments by the commits they vary.",
    mixinStandardHelpOptions = true)
final class ExpListCommand implements Callable<Integer> {
  private static final int SHORT = 7;

  @Mixin private final BaselineOptions baselines = new BaselineOptions();

  @Option(
      names = {"--name-only", "--names-only"},
      description = "Only names.")
  private boolean namesOnly;

  @Option(
      names = {"--sha-only", "--shas-only"},
      description = "Only the hashes of the commits.")
  private boolean hashesOnly;

  @Parameters(
      arity = "0..1",
      paramLabel = "GIT_REMOTE",
      description = "A git remote or URL, to list what it has.")
  private @Nullable String remote;

  @Override
  public Integer call() throws IOException {
    if (hashesOnly && (namesOnly || remote != null)) {
      throw new PipelineException("--sha-only goes neither with --name-only nor with a git remote");
    }
    var experiments = new Experiments(Pipeline.open(Path.of("")));
    var chosen = baselines.chosen();
    var found = remote == null ? experiments.list(chosen) : experiments.list(chosen, remote);
    var names = experiments.names(found.keySet());
    found.forEach((baseline, listed) -> print(baseline, names, listed));
    return 0;
  }

  private void print(String baseline, Map<String, String> names, Map<String, String> listed) {
    if (!namesOnly && !hashesOnly) {
      System.out.println(names.getOrDefault(baseline, baseline.substring(0, SHORT)) + ":");
    }
    listed.forEach((name, commit) -> System.out.println(line(name, commit)));
  }

  private String line(String name, String commit) {
    if (namesOnly) {
      return name;
    }
    if (hashesOnly) {
      return commit;
    }
    return remote == null ? "\t%s [%s]".formatted(commit.substring(0, SHORT), name) : "\t" + name;
  }
}
