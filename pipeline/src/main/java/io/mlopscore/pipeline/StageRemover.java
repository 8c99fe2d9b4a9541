package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes stages out of a `dvc.yaml` and its lock, and data out of version control.
public final class StageRemover {
  private final Pipeline pipeline;
  private final Path directory;
  private final Set<Path> changed = new LinkedHashSet<>();

  /// @param directory where relative names are looked up
  public StageRemover(Pipeline pipeline, Path directory) {
    this.pipeline = pipeline;
    this.directory = directory.toAbsolutePath().normalize();
  }

  /// Removes one target: a stage, `file:stage`, all stages of a `dvc.yaml`, or a `*.dvc` file.
  ///
  /// @param outputs delete what it wrote, too
  /// @return the files that were changed or removed
  /// @throws PipelineException when there is no such target, or templates make it
  public Set<Path> remove(String target, boolean outputs) throws IOException {
    try (var _ = pipeline.lock()) {
      if (target.endsWith(".dvc")) {
        removeData(directory.resolve(target).normalize(), outputs);
      } else {
        removeStages(target, outputs);
      }
      return Set.copyOf(changed);
    }
  }

  private void removeData(Path file, boolean outputs) throws IOException {
    if (!Files.exists(file)) {
      throw new PipelineException("'%s' does not exist".formatted(file));
    }
    var data = DataFile.read(pipeline.repository(), file);
    if (data.isPresent()) {
      release(data.get().outputs().getFirst(), outputs);
    }
    Files.delete(file);
    changed.add(file);
  }

  private void removeStages(String target, boolean outputs) throws IOException {
    int colon = target.lastIndexOf(':');
    boolean whole = colon < 0 && target.endsWith("dvc.yaml");
    var name = whole ? "" : target.substring(colon + 1);
    var path = colon > 0 ? target.substring(0, colon) : whole ? target : "dvc.yaml";
    var file = directory.resolve(path).normalize();
    if (!Files.exists(file)) {
      throw new PipelineException("'%s' does not exist%s".formatted(file, hint(target)));
    }
    var stages =
        StageFile.read(pipeline.repository(), file).stream()
            .filter(stage -> name.isEmpty() || stage.name().equals(name))
            .toList();
    if (stages.isEmpty()) {
      throw new PipelineException(
          "Stage '%s' not found inside '%s' file%s"
              .formatted(name, pipeline.shown(file), hint(target)));
    }
    requirePlain(file, stages);
    for (var stage : stages) {
      for (var output : stage.outputs()) {
        release(output, outputs);
      }
      for (var output : outputs ? stage.urlOutputs() : List.<UrlOutput>of()) {
        pipeline.remove(output);
      }
      forget(stage.lockFile(), stage.name());
      forget(file, stage.name());
    }
  }

  private String hint(String target) {
    return Files.exists(directory.resolve(target + ".dvc"))
        ? "; do you mean '%s.dvc'?".formatted(target)
        : "";
  }

  private static void requirePlain(Path file, List<Stage> stages) throws IOException {
    var definitions = stages(YamlDocument.open(file));
    for (var stage : stages) {
      var definition = definitions.get(stage.name());
      boolean plain =
          definition.isPresent()
              && !Template.hasPlaceholder(definition.get())
              && !(definition.get() instanceof Mapping keys && keys.get("vars").isPresent());
      if (!plain) {
        throw new PipelineException(
            "cannot remove a parametrized stage: '%s'; edit %s by hand"
                .formatted(stage.name(), file.getFileName()));
      }
    }
  }

  private static Mapping stages(YamlDocument document) {
    return document.value() instanceof Mapping top
            && top.get("stages").orElse(Value.none()) instanceof Mapping stages
        ? stages
        : Mapping.EMPTY;
  }

  private void release(Output output, boolean delete) throws IOException {
    if (delete) {
      Trees.remove(output.file());
    } else {
      Unprotect.at(output.file());
    }
    if (output.cached() && pipeline.repository().config().useGit()) {
      GitIgnoreEntry.remove(output.file()).ifPresent(changed::add);
    }
  }

  /// Removes a stage from a `dvc.yaml` or `dvc.lock`; a file with nothing left in it goes.
  private void forget(Path file, String stage) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var document = YamlDocument.open(file);
    if (stages(document).get(stage).isEmpty()) {
      return;
    }
    changed.add(file);
    var rest = document.remove(YamlDocument.path("stages", stage));
    if (stages(rest).entries().isEmpty() && otherKeys(rest).isEmpty()) {
      Files.delete(file);
    } else {
      rest.write(file);
    }
  }

  private static List<Value> otherKeys(YamlDocument document) {
    var keys = new ArrayList<>(((Mapping) document.value()).entries().keySet());
    keys.removeAll(List.of(Value.of("stages"), Value.of("schema")));
    return keys;
  }
}
