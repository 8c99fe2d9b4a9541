package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.FailureText;
import io.mlopscore.pipeline.ParamsText;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.files.RepositoryFiles;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
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

  /// One revision of one plot.
  private record Version(String revision, RepositoryFiles files, PlotDefinition definition) {}

  private final Pipeline workspace;
  private final Mapping properties;
  private final boolean inPieces;
  private final List<Problem> problems = new ArrayList<>();

  /// @param properties go before those of the definitions
  /// @param inPieces whether drawings come with what fills their templates apart
  public Plots(Pipeline workspace, Mapping properties, boolean inPieces) {
    this.workspace = workspace;
    this.properties = properties;
    this.inPieces = inPieces;
  }

  /// @param targets beginnings of names of plots, or files; empty for all
  /// @param revisions names of git, or [#WORKSPACE]
  /// @throws PipelineException when there is no such revision or template
  public Drawn draw(List<String> targets, List<String> revisions) throws IOException {
    var drawn = new ArrayList<Plot>();
    for (var plot : versions(targets, revisions).entrySet()) {
      drawn.add(draw(plot.getKey(), plot.getValue()));
    }
    return new Drawn(drawn, problems);
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
        images.add(images(plot.getKey(), plot.getValue()));
      } else {
        var collected = collected(plot.getKey(), plot.getValue());
        if (!collected.results().isEmpty()) {
          data.add(data(collected));
        }
      }
    }
    return new Data(data, images, problems);
  }

  private Map<String, List<Version>> versions(List<String> targets, List<String> revisions)
      throws IOException {
    var plots = new LinkedHashMap<String, List<Version>>();
    for (var revision : workspaceFirst(revisions)) {
      requireKnown(revision);
      try {
        versions(targets, revision)
            .forEach(
                (name, version) ->
                    plots.computeIfAbsent(name, _ -> new ArrayList<>()).add(version));
      } catch (PipelineException | YamlException e) {
        problems.add(
            new Problem("", revision, Optional.of(""), "YAMLSyntaxError", FailureText.of(e)));
      }
    }
    return plots;
  }

  private void requireKnown(String revision) throws IOException {
    if (!revision.equals(WORKSPACE)) {
      Git.of(workspace.repository()).commit(revision);
    }
  }

  private Map<String, Version> versions(List<String> targets, String revision) throws IOException {
    var files = files(revision);
    var versions = new LinkedHashMap<String, Version>();
    new PlotDefinitions(files, targets, properties)
        .find()
        .forEach((name, plot) -> versions.put(name, new Version(revision, files, plot)));
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

  private Plot draw(String name, List<Version> versions) throws IOException {
    return versions.getFirst().definition().isImage()
        ? images(name, versions)
        : vega(name, versions);
  }

  private Plot.Images images(String name, List<Version> versions) throws IOException {
    var images = new ArrayList<Plot.Image>();
    for (var version : versions) {
      for (var file : version.definition().sources()) {
        var content = content(name, version, file);
        content.ifPresent(bytes -> images.add(new Plot.Image(version.revision(), file, bytes)));
      }
    }
    return new Plot.Images(name, images);
  }

  private Plot vega(String name, List<Version> versions) throws IOException {
    var data = collected(name, versions);
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

  /// What one plot draws.
  ///
  /// @param joined its properties, of all revisions together
  /// @param results of the revisions that have data
  private record Collected(
      String name, Mapping joined, SequencedMap<String, DataPoints.Result> results) {
    String title() {
      return joined.get("title").map(YamlReader::text).orElse(name);
    }

    String template() {
      return joined.get("template").map(YamlReader::text).orElse(Template.usual());
    }
  }

  private Collected collected(String name, List<Version> versions) throws IOException {
    var joined = PlotDefinition.joined(versions.stream().map(Version::definition).toList());
    var results = new LinkedHashMap<String, DataPoints.Result>();
    for (var version : versions) {
      points(name, version, joined)
          .filter(points -> !points.rows().isEmpty())
          .ifPresent(points -> results.put(version.revision(), points));
    }
    return new Collected(name, joined, results);
  }

  private static PlotData data(Collected plot) {
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

  private Optional<DataPoints.Result> points(String name, Version version, Mapping joined)
      throws IOException {
    var sources = new LinkedHashMap<String, Value>();
    for (var file : version.definition().sources()) {
      source(name, version, file).ifPresent(value -> sources.put(file, value));
    }
    try {
      return Optional.of(
          new DataPoints(version.definition(), joined, sources).at(version.revision()));
    } catch (DataPoints.FieldException e) {
      problem(name, version, Optional.empty(), "FieldNotFoundError", e);
      return Optional.empty();
    }
  }

  private Optional<Value> source(String name, Version version, String file) throws IOException {
    var content = content(name, version, file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PlotSource.read(file, content.get(), hasHeader(version, file)));
    } catch (PipelineException e) {
      problem(name, version, Optional.of(file), "PlotMetricTypeError", e);
      return Optional.empty();
    } catch (YamlException e) {
      var type = ParamsText.format(file) + "FileCorruptedError";
      problem(name, version, Optional.of(file), type, e);
      return Optional.empty();
    }
  }

  private Optional<byte[]> content(String name, Version version, String file) throws IOException {
    var pipeline = version.files().pipeline();
    var entry = version.files().find(pipeline.repository().relative(pipeline.resolve(file)));
    try {
      if (entry.filter(found -> !found.isFolder()).isEmpty()) {
        throw new NoSuchFileException("'%s' is not there".formatted(file));
      }
      return Optional.of(version.files().read(entry.get()));
    } catch (NoSuchFileException | PipelineException e) {
      problem(name, version, Optional.of(file), "FileNotFoundError", e);
      return Optional.empty();
    }
  }

  private void problem(
      String name, Version version, Optional<String> file, String type, Exception failure) {
    var message = String.valueOf(failure.getMessage());
    problems.add(new Problem(name, version.revision(), file, type, message));
  }

  /// What the command says, else what the output says that the file is.
  private boolean hasHeader(Version version, String file) throws IOException {
    var path = version.files().pipeline().resolve(file);
    var said = properties.get("header");
    for (var node : version.files().pipeline().nodes()) {
      for (var output : node.outputs()) {
        if (said.isEmpty() && output.file().equals(path)) {
          said = output.display().get("header");
        }
      }
    }
    return !said.equals(Optional.of(new Value.Bool(false)));
  }
}
