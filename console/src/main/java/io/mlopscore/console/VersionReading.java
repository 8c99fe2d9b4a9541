package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.VersionFacts;
import io.mlopscore.tracking.http.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads what a [VersionPage] shows.
record VersionReading(Visit visit) {
  /// What is known of the files of a version.
  private record Files(FileTree tree, Map<String, String> signature, String why) {
    static Files none(String why) {
      return new Files(FileTree.of(List.of(), false), Map.of(), why);
    }
  }

  static int number(Visit visit) {
    var text = visit.path("version");
    if (!text.matches("\\d{1,9}")) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST, "'" + text + "' is no number of a version.");
    }
    return Integer.parseInt(text);
  }

  Page page() throws IOException {
    var model = ModelReading.model(visit, visit.path("name"));
    var version = visit.registry().version(model.name(), number(visit));
    var prompt = Prompts.isPrompt(model.tags());
    var run = version.run().flatMap(id -> ModelReading.run(visit, id));
    var files = prompt ? Files.none("") : files(version);
    var name = model.name();
    var number = Integer.toString(version.version());
    return new VersionPage(
        name,
        visit.links().model(name),
        version.version(),
        visit.links().version(name, version.version()),
        Objects.requireNonNullElse(version.description(), ""),
        version.status(),
        ModelReading.stage(version),
        visit.times().moment(version.creationTime()),
        visit.times().moment(version.lastUpdatedTime()),
        version.source(),
        run.map(found -> Pages.name(found.info())).orElse(""),
        run.map(this::href).orElse(""),
        Pages.aliases(version.aliases()),
        RunReading.entries(version.tags(), key -> !key.startsWith(ModelReading.SYSTEM_TAGS)),
        prompt,
        version.tags().getOrDefault(Prompts.TEXT_TAG, ""),
        RunReading.entries(files.signature(), _ -> true),
        metrics(run),
        files.tree(),
        files.why(),
        visit.tracking().may("PATCH model-versions/update", "name", name, "version", number),
        visit.tracking().may("DELETE model-versions/delete", "name", name, "version", number));
  }

  private String href(Run run) {
    return visit.links().run(run.info().experimentId(), run.info().runId());
  }

  private static List<RunPage.Entry> metrics(Optional<Run> run) {
    return run.stream()
        .flatMap(found -> found.metrics().stream())
        .map(
            metric ->
                new RunPage.Entry(
                    metric.key(), Numbers.brief(metric), String.valueOf(metric.value())))
        .toList();
  }

  /// The version may be read without its files: they may be elsewhere, or in a run of others.
  private Files files(ModelVersion version) throws IOException {
    try {
      var artifacts = new ArtifactFiles(visit);
      var root = artifacts.ofVersion(version.name(), version.version());
      var tree = artifacts.tree(root);
      var hasModel = tree.files().anyMatch(file -> file.path().equals("MLmodel"));
      return new Files(tree, hasModel ? signature(root) : Map.of(), "");
    } catch (Gate.PermissionDenied _) {
      return Files.none("They belong to a run that you may not read.");
    } catch (TrackingException e) {
      return Files.none(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> signature(FileRoot root) throws IOException {
    return VersionFacts.signature(visit.tracking().withFiles().artifacts().repository(root.uri()));
  }
}
