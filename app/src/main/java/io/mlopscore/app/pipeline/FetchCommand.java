package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.pipeline.remote.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops fetch`: as `dvc fetch`.
@Command(
    description = "Copies data that the cache lacks from a remote.",
    mixinStandardHelpOptions = true)
public final class FetchCommand implements Callable<Integer> {
  /// What `--type` may name.
  enum Type {
    metrics,
    plots
  }

  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description = "Leave out files and directories that are larger.")
  private @Nullable Long maxSize;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only outputs of this type: metrics, plots.")
  private List<Type> types = List.of();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var selection =
        new Selection(
            options.targets,
            options.withDependencies,
            options.recursive,
            false,
            options.revisions(),
            maxSize == null ? OptionalLong.empty() : OptionalLong.of(maxSize),
            kinds());
    Result result;
    try (var shown = new ProgressLine()) {
      var exchange = options.exchange(pipeline, shown.progress());
      result = exchange.fetch(selection, options.runCache);
      RemoteOptions.warnWithout(exchange);
    }
    int code = RemoteOptions.report(result, "download");
    if (result.moved() > 0) {
      System.out.println(RemoteOptions.files(result.moved(), "fetched", "fetched"));
    } else if (code == 0) {
      System.out.println("Everything is up to date.");
    }
    return code;
  }

  private Set<Output.Kind> kinds() {
    var kinds = EnumSet.noneOf(Output.Kind.class);
    for (var type : types) {
      kinds.add(
          switch (type) {
            case metrics -> Output.Kind.METRIC;
            case plots -> Output.Kind.PLOT;
          });
    }
    return kinds;
  }
}
