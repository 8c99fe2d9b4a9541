package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Which stages there are, and each in a line.
public final class StageListing {
  private static final int WIDTH = 80;

  private final Pipeline pipeline;
  private final Path directory;

  /// @param directory where relative names are looked up
  public StageListing(Pipeline pipeline, Path directory) {
    this.pipeline = pipeline;
    this.directory = directory.toAbsolutePath().normalize();
  }

  /// All stages and data of the repository.
  ///
  /// @param strict whether a file that cannot be read is an error; else it is left out
  public List<Node> all(boolean strict) throws IOException {
    return strict ? pipeline.nodes() : Discovery.readable(pipeline.repository());
  }

  /// The stages that targets name: a `dvc.yaml`, a stage or group in it, a `*.dvc` file.
  ///
  /// @param recursive whether a directory stands for all stages in it
  public List<Node> named(List<String> targets, boolean recursive) throws IOException {
    var found = new LinkedHashSet<Node>();
    for (var target : targets) {
      var path = directory.resolve(target).normalize();
      if (recursive && Files.isDirectory(path)) {
        all(true).stream().filter(node -> node.definition().startsWith(path)).forEach(found::add);
      } else {
        found.addAll(named(target, path));
      }
    }
    return List.copyOf(found);
  }

  private Collection<? extends Node> named(String target, Path path) throws IOException {
    if (target.endsWith(".dvc")) {
      return DataFile.read(pipeline.repository(), required(path)).stream().toList();
    }
    if (path.getFileName().toString().equals("dvc.yaml")) {
      return StageFile.read(pipeline.repository(), required(path));
    }
    int colon = target.lastIndexOf(':');
    var file = directory.resolve(colon <= 0 ? "dvc.yaml" : target.substring(0, colon)).normalize();
    var name = target.substring(colon + 1);
    var stages = new ArrayList<Stage>();
    for (var stage : StageFile.read(pipeline.repository(), required(file))) {
      if (stage.name().equals(name) || stage.name().startsWith(name + "@")) {
        stages.add(stage);
      }
    }
    if (stages.isEmpty()) {
      throw new PipelineException(
          "Stage '%s' not found inside '%s' file".formatted(name, pipeline.shown(file)));
    }
    return stages;
  }

  /// @throws PipelineException when there is no such file
  private static Path required(Path file) {
    if (!Files.exists(file)) {
      throw new PipelineException("'%s' does not exist".formatted(file));
    }
    return file;
  }

  /// What a stage says of itself, or what it writes, or what it reads; at most 80 characters.
  public static String describe(Node node) {
    var text =
        node instanceof Stage stage
            ? stage.description().lines().filter(line -> !line.isEmpty()).findFirst().orElse("")
            : "";
    var description = text.isEmpty() ? paths(node) : text.strip();
    return description.codePointCount(0, description.length()) <= WIDTH
        ? description
        : description.substring(0, description.offsetByCodePoints(0, WIDTH - 1)) + "…";
  }

  private static String paths(Node node) {
    if (node.outputs().isEmpty() && node.urlOutputs().isEmpty()) {
      var read = new ArrayList<>(node.dependencies().stream().map(Dependency::path).toList());
      if (node instanceof Stage stage) {
        stage.params().forEach(file -> read.add(file.path()));
      }
      return read.isEmpty()
          ? "No outputs or dependencies"
          : "Depends on " + String.join(", ", read);
    }
    var parts = new ArrayList<String>();
    var outs = new ArrayList<>(paths(node, true));
    node.urlOutputs().forEach(output -> outs.add(output.url()));
    var reports = paths(node, false);
    if (!outs.isEmpty()) {
      parts.add("Outputs " + String.join(", ", outs));
    }
    if (!reports.isEmpty()) {
      parts.add("Reports " + String.join(", ", reports));
    }
    return String.join("; ", parts);
  }

  private static List<String> paths(Node node, boolean plain) {
    return node.outputs().stream()
        .filter(output -> (output.kind() == Output.Kind.OUT) == plain)
        .map(Output::path)
        .toList();
  }
}
