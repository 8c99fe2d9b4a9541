package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.GitHooks;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops install`: as `dvc install`, and a merge driver for `dvc.lock`, too.
@Command(
    description = {
      "Makes git run status before a commit, push before a push and checkout after a checkout, "
          + "and merge dvc.lock and .dvc files by what they say."
    },
    mixinStandardHelpOptions = true)
public final class InstallCommand implements Callable<Integer> {
  @Option(
      names = "--use-pre-commit-tool",
      description = "Leave the hooks to the tool pre-commit, in .pre-commit-config.yaml.")
  private boolean byPreCommit;

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    for (var file : new GitHooks(Repository.containing(here)).install(byPreCommit)) {
      System.out.println("git add " + here.relativize(file));
    }
    return 0;
  }
}
