package io.mlopscore.app;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A group of commands that runs one of them when none is named.
abstract class ListByDefault implements Callable<Integer> {
  private final String usual;
  @Spec private CommandSpec spec = CommandSpec.create();

  ListByDefault(String usual) {
    this.usual = usual;
  }

  @Override
  public final Integer call() {
    return Objects.requireNonNull(spec.commandLine().getSubcommands().get(usual)).execute();
  }
}
