package io.mlopscore.app.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mlops unfreeze`: as `dvc unfreeze`.
@Command(description = "Lets frozen stages run again.", mixinStandardHelpOptions = true)
public final class UnfreezeCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "TARGET", description = "Stages or .dvc files.")
  private List<String> targets = List.of();

  @Override
  public Integer call() throws IOException {
    return FreezeCommand.set(targets, false, "unfreeze");
  }
}
