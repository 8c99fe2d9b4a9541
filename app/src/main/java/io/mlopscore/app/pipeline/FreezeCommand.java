package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops freeze`: as `dvc freeze`.
@Command(
    description = "Keeps stages from running when what they depend on changes.",
    mixinStandardHelpOptions = true)
public final class FreezeCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Stages or .dvc files.")
  private List<String> targets = List.of();

  @Override
  public Integer call() throws IOException {
    return set(targets, true, "freeze");
  }

  /// Goes on after a target that fails, as `dvc` does; returns the exit code.
  static int set(List<String> targets, boolean frozen, String verb) throws IOException {
    int code = 0;
    for (var target : targets) {
      var pipeline = Pipeline.open(Path.of(""));
      try {
        if (pipeline.freeze(target, frozen) instanceof Stage stage) {
          System.out.println(
              "Modifying stage '%s' in '%s'"
                  .formatted(stage.name(), pipeline.shown(stage.definition())));
        }
      } catch (PipelineException | YamlException e) {
        System.err.println("ERROR: failed to %s '%s' - %s".formatted(verb, target, e.getMessage()));
        code = 1;
      }
    }
    return code;
  }
}
