package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.DataStore.Exchange;
import io.mlopscore.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `push`, `fetch` and `pull` have in common.
final class RemoteOptions {
  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "A remote of .dvc/config (the default one).")
  private @Nullable String remote;

  List<String> targets() {
    return targets;
  }

  Optional<String> remote() {
    return Optional.ofNullable(remote);
  }

  /// Prints how many files moved and what is missing; returns the exit code.
  static int print(Pipeline pipeline, Exchange exchange, String word) {
    int moved = exchange.moved();
    if (moved == 0 && exchange.missing().isEmpty()) {
      System.out.println("Everything is up to date.");
    } else {
      System.out.println(moved + (moved == 1 ? " file " : " files ") + word);
    }
    for (var file : exchange.missing()) {
      System.err.println(
          "ERROR: neither the cache nor the remote has the content of " + pipeline.shown(file));
    }
    return exchange.missing().isEmpty() ? 0 : 1;
  }
}
