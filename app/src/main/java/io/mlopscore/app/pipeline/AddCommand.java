package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops add`: as `dvc add`.
@Command(description = "Tracks files or directories as data.", mixinStandardHelpOptions = true)
public final class AddCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to track.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var absolute = paths.stream().map(Path::toAbsolutePath).toList();
    var written = new DataStore(pipeline).add(absolute);
    if (pipeline.repository().git().isPresent()) {
      var names = written.stream().map(pipeline::shown).sorted().toList();
      System.out.println(
          "\nTo track the changes with git, run:\n\n\tgit add " + String.join(" ", names) + "\n");
    }
    return 0;
  }
}
