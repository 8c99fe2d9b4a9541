package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Checkout;
import io.mlopscore.pipeline.Checkout.FileCount;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.pipeline.remote.Progress;
import io.mlopscore.pipeline.remote.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops pull`: as `dvc pull`, a fetch and a checkout.
@Command(
    description = "Gets data from a remote into the cache and the workspace.",
    mixinStandardHelpOptions = true)
public final class PullCommand implements Callable<Integer> {
  @Mixin private final RemoteOptions options = new RemoteOptions();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite changes that the cache does not have.")
  private boolean force;

  @Option(names = "--glob", description = "Targets may have wildcards.")
  private boolean glob;

  @Option(names = "--allow-missing", description = "Data that nobody has is no failure.")
  private boolean allowMissing;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    RemoteOptions.warnWithout(options.exchange(pipeline, new Progress()));
    var result = fetch(pipeline);
    int fetched = RemoteOptions.report(result, "download");
    var entries = checkout(pipeline);
    if (fetched == 0 && entries.removeIf(PullCommand::isMissing)) {
      // Who uses an object checks it: a damaged one went just now, and can be fetched.
      var again = fetch(pipeline);
      fetched = RemoteOptions.report(again, "download");
      result = result.and(again);
      entries.addAll(checkout(pipeline));
    }
    if (allowMissing) {
      entries.removeIf(PullCommand::isMissing);
    }
    int placed = CheckoutCommand.print(pipeline, entries);
    summarize(result, entries, Math.max(fetched, placed));
    return Math.max(fetched, placed);
  }

  private Result fetch(Pipeline pipeline) throws IOException {
    try (var shown = new ProgressLine()) {
      return options.exchange(pipeline, shown.progress()).fetch(selection(), options.runCache);
    }
  }

  private List<Checkout.Entry> checkout(Pipeline pipeline) throws IOException {
    return new ArrayList<>(new DataStore(pipeline).checkout(options.targets, force));
  }

  private static boolean isMissing(Checkout.Entry entry) {
    return entry.action() == Checkout.Action.MISSING;
  }

  private Selection selection() {
    return new Selection(
        options.targets,
        options.withDependencies,
        options.recursive,
        glob,
        options.revisions(),
        OptionalLong.empty(),
        Set.of());
  }

  private static void summarize(Result result, List<Checkout.Entry> entries, int code) {
    var parts = new ArrayList<String>();
    if (result.moved() > 0) {
      parts.add(RemoteOptions.files(result.moved(), "fetched", "fetched"));
    }
    CheckoutCommand.addCounts(FileCount.sum(entries), parts);
    if (!parts.isEmpty()) {
      System.out.println(CheckoutCommand.joined(parts));
    } else if (code == 0) {
      System.out.println("Everything is up to date.");
    }
  }
}
