package io.mlopscore.pipeline;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/// What the names of a command line stand for.
///
/// @param directory where relative names are looked up
public record Targets(Path directory, List<Node> nodes) {
  private static final String STAGES = "dvc.yaml";

  public Targets {
    nodes = List.copyOf(nodes);
  }

  /// The nodes that names stand for, each as [#named] has it. No names stand for all.
  ///
  /// @throws PipelineException when a name stands for nothing
  public List<Node> of(List<String> names) {
    if (names.isEmpty()) {
      return nodes;
    }
    var found = new ArrayList<Node>();
    for (var name : names) {
      var named = named(name);
      if (named.isEmpty()) {
        throw new PipelineException(
            "'%s' is no stage, output or *.dvc file here; `mlops dag` shows what there is"
                .formatted(name));
      }
      found.addAll(named);
    }
    return found;
  }

  /// The nodes of a selection, its scope left aside.
  ///
  /// @throws PipelineException when a name stands for nothing
  List<Node> of(StageSelection selection) {
    if (selection.scope() == StageSelection.Scope.ALL) {
      return nodes;
    }
    if (selection.targets().isEmpty()) {
      return here();
    }
    var found = new LinkedHashSet<Node>();
    for (var name : selection.targets()) {
      found.addAll(of(name, selection));
    }
    if (found.isEmpty() && selection.glob()) {
      throw new PipelineException(
          "no stage matches '%s'; `mlops stage list` shows their names"
              .formatted(String.join("', '", selection.targets())));
    }
    return List.copyOf(found);
  }

  /// All stages of the `dvc.yaml` here.
  private List<Node> here() {
    var file = directory.resolve(STAGES);
    if (!Files.exists(file)) {
      throw new PipelineException("'%s' does not exist".formatted(file));
    }
    return in(file);
  }

  private List<Node> in(Path file) {
    return nodes.stream().filter(node -> node.definition().equals(file)).toList();
  }

  private List<Node> of(String name, StageSelection selection) {
    var path = directory.resolve(name).normalize();
    if (selection.recursive() && Files.isDirectory(path)) {
      return nodes.stream().filter(node -> node.definition().startsWith(path)).toList();
    }
    var found = selection.glob() ? matching(name) : named(name);
    if (found.isEmpty() && !selection.glob()) {
      throw new PipelineException(
          name.endsWith(".dvc")
              ? "'%s' does not exist".formatted(path)
              : "Stage '%s' not found inside '%s' file; `mlops dag` shows what there is"
                  .formatted(stage(name), file(name)));
    }
    return found;
  }

  private static String file(String name) {
    int colon = name.lastIndexOf(':');
    return colon < 0 ? STAGES : name.substring(0, colon);
  }

  private static String stage(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private List<Node> matching(String name) {
    var pattern = FileSystems.getDefault().getPathMatcher("glob:" + stage(name));
    return stages(file(name), stage -> pattern.matches(Path.of(stage)));
  }

  /// The nodes that a name stands for: a stage, a group `name@…`, a `dvc.yaml`, `dvc.yaml:name`, a
  /// `*.dvc` file or an output; none if it stands for nothing.
  public List<Node> named(String name) {
    var wanted = stage(name);
    var path = directory.resolve(name).normalize();
    var stages =
        stages(file(name), stage -> stage.equals(wanted) || stage.startsWith(wanted + "@"));
    if (!stages.isEmpty()) {
      return stages;
    }
    return nodes.stream()
        .filter(
            node ->
                node.definition().equals(path)
                    || node.outputs().stream().anyMatch(output -> output.file().equals(path)))
        .toList();
  }

  private List<Node> stages(String file, Predicate<String> name) {
    var definition = directory.resolve(file).normalize();
    return nodes.stream()
        .filter(
            node ->
                node instanceof Stage stage
                    && stage.definition().equals(definition)
                    && name.test(stage.name()))
        .toList();
  }
}
