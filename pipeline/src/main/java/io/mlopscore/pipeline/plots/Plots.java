package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.files.RepositoryFiles;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The plots of a repository, drawn with the data of one or several revisions.
public final class Plots {
  /// The name of the workspace among revisions.
  public static final String WORKSPACE = "workspace";

  /// A file or plot that cannot be drawn for a revision.
  ///
  /// @param plot its name; empty when the definitions of all plots cannot be read
  /// @param file that cannot be read; empty when something else is wrong
  /// @param type what DVC calls the failure
  public record Problem(
      String plot, String revision, Optional<String> file, String type, String message) {}

  /// @param plots in the order of their definitions
  public record Drawn(List<Plot> plots, List<Problem> problems) {
    public Drawn {
      plots = List.copyOf(plots);
      problems = List.copyOf(problems);
    }

    /// Revisions of which some file could not be read.
    public Set<String> unreadable() {
      var revisions = new LinkedHashSet<String>();
      problems.stream()
          .filter(problem -> problem.file().isPresent())
          .forEach(problem -> revisions.add(problem.revision()));
      return revisions;
    }
  }

  private final Pipeline workspace;
  private final Mapping properties;
  private final boolean inPieces;
  private final PlotReading reading;

  /// @param properties go before those of the definitions
  /// @param inPieces whether drawings come with what fills their templates apart
  public Plots(Pipeline workspace, Mapping properties, boolean inPieces) {
    this.workspace = workspace;
    this.properties = properties;
    this.inPieces = inPieces;
    this.reading = new PlotReading(properties);
  }

  /// @param targets beginnings of names of plots, or files; empty for all
  /// @param revisions names of git, or [#WORKSPACE]
  /// @throws PipelineException when there is no such revision or template
  public Drawn draw(List<String> targets, List<String> revisions) throws IOException {
    var drawn = new ArrayList<Plot>();
    for (var plot : versions(targets, revisions).entrySet()) {
      drawn.add(draw(plot.getKey(), plot.getValue()));
    }
    return new Drawn(drawn, reading.problems());
  }

  /// What the plots would draw, undrawn, and the pictures that stages made.
  ///
  /// @param data of the plots of which a revision has data
  public record Data(List<PlotData> data, List<Plot.Images> images, List<Problem> problems) {
    public Data {
      data = List.copyOf(data);
      images = List.copyOf(images);
      problems = List.copyOf(problems);
    }
  }

  /// As [#draw], for whoever draws by other means.
  public Data data(List<String> targets, List<String> revisions) throws IOException {
    var data = new ArrayList<PlotData>();
    var images = new ArrayList<Plot.Images>();
    for (var plot : versions(targets, revisions).entrySet()) {
      if (plot.getValue().getFirst().definition().isImage()) {
        images.add(reading.images(plot.getKey(), plot.getValue()));
      } else {
        var collected = reading.collected(plot.getKey(), plot.getValue());
        if (!collected.results().isEmpty()) {
          data.add(data(collected));
        }
      }
    }
    return new Data(data, images, reading.problems());
  }

  private Map<String, List<PlotVersion>> versions(List<String> targets, List<String> revisions)
      throws IOException {
    var plots = new LinkedHashMap<String, List<PlotVersion>>();
    for (var revision : workspaceFirst(revisions)) {
      requireKnown(revision);
      try {
        versions(targets, revision)
            .forEach(
                (name, version) ->
                    plots.computeIfAbsent(name, _ -> new ArrayList<>()).add(version));
      } catch (PipelineException | YamlException e) {
        reading.unreadable(revision, FailureText.of(e));
      }
    }
    return plots;
  }

  private void requireKnown(String revision) throws IOException {
    if (!revision.equals(WORKSPACE)) {
      Git.of(workspace.repository()).commit(revision);
    }
  }

  private Map<String, PlotVersion> versions(List<String> targets, String revision)
      throws IOException {
    var files = files(revision);
    var versions = new LinkedHashMap<String, PlotVersion>();
    new PlotDefinitions(files, targets, properties)
        .find()
        .forEach((name, plot) -> versions.put(name, new PlotVersion(revision, files, plot)));
    return versions;
  }

  private static List<String> workspaceFirst(List<String> revisions) {
    var ordered = new LinkedHashSet<String>();
    if (revisions.contains(WORKSPACE)) {
      ordered.add(WORKSPACE);
    }
    ordered.addAll(revisions);
    return List.copyOf(ordered);
  }

  private RepositoryFiles files(String revision) throws IOException {
    return revision.equals(WORKSPACE)
        ? RepositoryFiles.of(workspace)
        : RepositoryFiles.at(new Revisions(workspace), revision);
  }

  /// What `plots diff` compares: two revisions or more as they are named; one with the workspace;
  /// none for the last commit with the workspace if that differs. Nothing before the first commit.
  public static List<String> compared(Pipeline workspace, List<String> named) throws IOException {
    var revisions = new ArrayList<>(named);
    if (revisions.size() <= 1) {
      var git = Git.of(workspace.repository());
      if (revisions.isEmpty() && git.find("HEAD").isEmpty()) {
        return List.of();
      }
      boolean isDirty = !git.run("status", "--porcelain", "--untracked-files=no").isBlank();
      if (revisions.isEmpty() && isDirty) {
        revisions.add("HEAD");
      }
      revisions.add(WORKSPACE);
    }
    return revisions;
  }

  private Plot draw(String name, List<PlotVersion> versions) throws IOException {
    return versions.getFirst().definition().isImage()
        ? reading.images(name, versions)
        : vega(name, versions);
  }

  private Plot vega(String name, List<PlotVersion> versions) throws IOException {
    var data = reading.collected(name, versions);
    var results = data.results();
    if (results.isEmpty()) {
      return new Plot.Vega(name, List.of(), Mapping.EMPTY, Map.of());
    }
    var rows = new ArrayList<SequencedMap<String, Value>>();
    results.values().forEach(result -> rows.addAll(result.rows()));
    var first = results.firstEntry().getValue();
    var revisions = List.copyOf(results.keySet());
    return new VegaDrawing(template(data.template()), data.title(), first, revisions, inPieces)
        .of(name, rows);
  }

  private static PlotData data(PlotReading.Collected plot) {
    var points = new LinkedHashMap<String, List<PlotData.Point>>();
    plot.results().forEach((revision, result) -> points.put(revision, PlotData.points(result)));
    var first = plot.results().firstEntry().getValue();
    return new PlotData(
        plot.name(),
        plot.title(),
        plot.template(),
        first.xLabel(),
        first.yLabel().orElse(""),
        points);
  }

  private Template template(String name) throws IOException {
    var folder = workspace.repository().root().resolve(".dvc").resolve("plots");
    return Template.find(name, folder, workspace.directory());
  }
}
