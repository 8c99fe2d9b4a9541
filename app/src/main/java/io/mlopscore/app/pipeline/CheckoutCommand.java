package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Checkout;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops checkout`: as `dvc checkout`.
@Command(
    description = "Puts recorded data from the cache into the workspace.",
    mixinStandardHelpOptions = true)
public final class CheckoutCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite changes that the cache does not have.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    return print(pipeline, new DataStore(pipeline).checkout(targets, force));
  }

  /// Prints one line an output; returns the exit code.
  static int print(Pipeline pipeline, List<Checkout.Entry> entries) {
    int code = 0;
    for (var entry : entries) {
      var name = pipeline.shown(entry.file());
      switch (entry.action()) {
        case ADDED -> System.out.println("A       " + name);
        case MODIFIED -> System.out.println("M       " + name);
        case MISSING -> {
          System.err.println(
              "ERROR: the cache lacks the content of " + name + "; `mlops fetch` may get it");
          code = 1;
        }
        case REFUSED -> {
          System.err.println(
              "ERROR: "
                  + name
                  + " has changes that the cache does not have: keep them with `mlops add` or"
                  + " `mlops repro`, or drop them with --force");
          code = 1;
        }
      }
    }
    return code;
  }
}
