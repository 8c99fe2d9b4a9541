package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.CommitSelection;
import io.mlopscore.pipeline.remote.DataExchange;
import io.mlopscore.pipeline.remote.Difference;
import io.mlopscore.pipeline.remote.Selection;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `status` that compare the cache with a remote.
final class CloudStatus {
  @Option(
      names = {"-c", "--cloud"},
      description = "Compare the cache with a remote.")
  private boolean cloud;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "The remote to compare with (the default one).")
  private @Nullable String remote;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "With -c: how many requests at a time.")
  private @Nullable Integer jobs;

  @Option(
      names = {"-a", "--all-branches"},
      description = "With -c: also the data of the tips of all branches.")
  private boolean allBranches;

  @Option(
      names = {"-T", "--all-tags"},
      description = "With -c: also the data of all tags.")
  private boolean allTags;

  @Option(
      names = {"-A", "--all-commits"},
      description = "With -c: also the data of all commits.")
  private boolean allCommits;

  boolean isWanted() {
    return cloud || remote != null;
  }

  /// Prints the differences; returns the exit code.
  int run(
      Pipeline pipeline,
      List<String> targets,
      boolean withDependencies,
      boolean recursive,
      boolean json,
      boolean quiet)
      throws IOException {
    var selection =
        new Selection(
            targets,
            withDependencies,
            recursive,
            false,
            CommitSelection.heads(allBranches, allTags, allCommits),
            OptionalLong.empty(),
            Set.of());
    Map<String, Difference> found;
    try (var shown = new ProgressLine()) {
      found =
          new DataExchange(
                  pipeline,
                  Optional.ofNullable(remote),
                  jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
                  shown.progress(),
                  RemoteOptions::warn)
              .compare(selection);
    }
    if (json) {
      System.out.println(json(found));
    } else if (!quiet) {
      System.out.print(text(found, pipeline));
    }
    return quiet && !found.isEmpty() ? 1 : 0;
  }

  private static String word(Difference difference) {
    return difference.name().toLowerCase(Locale.ROOT);
  }

  private static String json(Map<String, Difference> found) {
    var members = new LinkedHashMap<Value, Value>();
    found.forEach((name, state) -> members.put(Value.of(name), Value.of(word(state))));
    return JsonText.of(new Value.Mapping(members));
  }

  private String text(Map<String, Difference> found, Pipeline pipeline) throws IOException {
    if (found.isEmpty() && pipeline.nodes().isEmpty()) {
      return StatusCommand.NOTHING_TRACKED;
    }
    if (found.isEmpty()) {
      var name =
          remote == null ? pipeline.repository().config().defaultRemote().orElse("") : remote;
      return "Cache and remote '" + name + "' are in sync.\n";
    }
    var text = new StringBuilder();
    found.forEach((name, state) -> text.append("\t%-20s%s%n".formatted(word(state) + ":", name)));
    return text.toString();
  }
}
