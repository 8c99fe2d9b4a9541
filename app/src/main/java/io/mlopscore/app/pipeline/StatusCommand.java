package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.ReproListener;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.StatusText;
import io.mlopscore.pipeline.remote.Imports;
import io.mlopscore.pipeline.remote.Progress;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops status`: as `dvc status`.
@Command(description = "Shows what changed since the last run.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  static final String NOTHING_TRACKED =
      "There are no data or pipelines tracked in this project yet.\n";

  @Parameters(paramLabel = "TARGET", description = "Stages, outputs or .dvc files (all).")
  private List<String> targets = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing; exit code 1 when something changed.")
  private boolean quiet;

  @Option(
      names = {"-d", "--with-deps"},
      description = "Also what the targets depend on.")
  private boolean withDependencies;

  @Option(
      names = {"-R", "--recursive"},
      description = "A target may be a folder: all stages in it.")
  private boolean recursive;

  @Option(names = "--no-updates", description = "Do not ask where imports come from.")
  private boolean noUpdates;

  @Option(names = "--explain", description = "Say what was, and what is.")
  private boolean explain;

  @Option(names = "--wait-for-lock", description = "Wait for other processes instead of giving up.")
  private boolean wait;

  @Mixin private final CloudStatus cloud = new CloudStatus();

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls(), wait);
    if (cloud.isWanted()) {
      return cloud.run(pipeline, targets, withDependencies, recursive, json, quiet);
    }
    var selection = new StageSelection(targets, Scope.SINGLE, recursive, false);
    var changes = pipeline.status(selection, withDependencies, warnings(pipeline));
    if (!noUpdates) {
      addUpdates(pipeline, changes);
    }
    if (json) {
      System.out.print(new StatusText(pipeline).json(changes));
      return 0;
    }
    if (quiet) {
      return changes.isEmpty() ? 0 : 1;
    }
    System.out.print(text(pipeline, changes));
    return 0;
  }

  private static ReproListener warnings(Pipeline pipeline) {
    return new ReproListener() {
      @Override
      public void frozen(Stage stage) {
        warned(
            "stage '%s' is frozen. Its dependencies are not going to be shown in the status output."
                .formatted(pipeline.shown(stage)));
      }

      @Override
      public void warned(String message) {
        RemoteOptions.warn(message);
      }
    };
  }

  /// Imports that are not what their repositories have now.
  private void addUpdates(Pipeline pipeline, Map<Node, List<Change>> changes) throws IOException {
    var imports = new Imports(pipeline, OptionalInt.empty(), new Progress());
    for (var node : targets.isEmpty() ? pipeline.nodes() : named(pipeline)) {
      var update = imports.outdated(node);
      if (update.isPresent()) {
        var all = new ArrayList<>(changes.getOrDefault(node, List.of()));
        all.add(new Change.UpdateAvailable(update.get()));
        changes.put(node, all);
      }
    }
  }

  private Collection<Node> named(Pipeline pipeline) throws IOException {
    var named = new LinkedHashSet<Node>();
    for (var target : targets) {
      named.addAll(pipeline.targets(pipeline.nodes()).named(target));
    }
    return named;
  }

  private String text(Pipeline pipeline, Map<Node, List<Change>> changes) throws IOException {
    if (changes.isEmpty() && pipeline.nodes().isEmpty()) {
      return NOTHING_TRACKED;
    }
    if (!explain || changes.isEmpty()) {
      return new StatusText(pipeline).text(changes);
    }
    var text = new StringBuilder();
    for (var entry : changes.entrySet()) {
      text.append(pipeline.shown(entry.getKey())).append(":\n");
      for (var line : pipeline.explain(entry.getKey(), entry.getValue())) {
        text.append('\t').append(line).append('\n');
      }
    }
    return text.toString();
  }
}
