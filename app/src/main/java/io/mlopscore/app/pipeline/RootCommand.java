package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Repository;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mlops root`: as `dvc root`.
@Command(
    description = "Shows the way to the root of the repository.",
    mixinStandardHelpOptions = true)
public final class RootCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    var here = Path.of("").toAbsolutePath().normalize();
    var way = here.relativize(Repository.rootAround(here)).toString();
    System.out.println(way.isEmpty() ? "." : way);
    return 0;
  }
}
