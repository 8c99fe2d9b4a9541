package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.pipeline.remote.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops push`: as `dvc push`.
@Command(description = "Copies data that a remote lacks to it.", mixinStandardHelpOptions = true)
public final class PushCommand implements Callable<Integer> {
  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Option(names = "--glob", description = "Targets may have wildcards.")
  private boolean glob;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var selection =
        new Selection(
            options.targets,
            options.withDependencies,
            options.recursive,
            glob,
            options.revisions(),
            OptionalLong.empty(),
            Set.of());
    Result result;
    try (var shown = new ProgressLine()) {
      result = options.exchange(pipeline, shown.progress()).push(selection, options.runCache);
    }
    int code = RemoteOptions.report(result, "upload");
    tellWritten(pipeline, result.written());
    if (result.moved() > 0) {
      System.out.println(RemoteOptions.files(result.moved(), "pushed", "pushed"));
    } else if (code == 0) {
      System.out.println("Everything is up to date.");
    }
    GitHint.print(pipeline, result.written());
    return code;
  }

  private static void tellWritten(Pipeline pipeline, Set<Path> written) {
    written.stream()
        .filter(file -> file.toString().endsWith(".lock"))
        .forEach(file -> System.out.printf("Updating lock file '%s'%n", pipeline.shown(file)));
  }
}
