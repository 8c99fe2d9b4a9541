package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes in place how a stage's output is drawn; one that was no plot becomes one.
///
/// @param given properties to set, by their names in `dvc.yaml`
/// @param unset properties to remove
public record PlotModification(Mapping given, List<String> unset) {
  private static final List<String> LISTS = List.of("plots", "outs", "metrics");

  public PlotModification {
    unset = List.copyOf(unset);
  }

  /// Where an output is listed in its stage, and its flags there.
  ///
  /// @param alone whether nothing else is in that list
  private record Listed(String list, int index, boolean alone, Value name, Mapping flags) {
    private Value with(Mapping changed) {
      return changed.entries().isEmpty() ? name : new Mapping(Map.of(name, changed));
    }
  }

  /// @param target the output, as seen from where the command runs
  /// @throws PipelineException when no stage writes it, or it lacks a property that shall go
  public void apply(Pipeline pipeline, String target) throws IOException {
    if (given.get("template").orElse(null) instanceof Text(var name)) {
      Template.find(name, pipeline.repository().root().resolve(".dvc/plots"), pipeline.directory());
    }
    try (var _ = pipeline.lock()) {
      var file = pipeline.resolve(target);
      for (var node : pipeline.nodes()) {
        for (var output : node.outputs()) {
          if (node instanceof Stage stage && output.file().equals(file)) {
            change(stage, output, target);
            return;
          }
        }
      }
    }
    throw new PipelineException(
        "unable to find an output of a stage with the path '%s'".formatted(target));
  }

  private void change(Stage stage, Output output, String target) throws IOException {
    if (output.kind() != Output.Kind.PLOT && !unset.isEmpty()) {
      throw new PipelineException("'%s' is not a known plot".formatted(target));
    }
    var document = YamlDocument.open(stage.definition());
    var listed =
        find(document.value(), stage, output)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "'%s' is made from a template; edit %s by hand"
                            .formatted(target, stage.definition())));
    var wanted = listed.with(flags(listed.flags, target));
    changed(document, stage, listed, wanted).write(stage.definition());
  }

  private static YamlDocument changed(
      YamlDocument document, Stage stage, Listed listed, Value wanted) {
    var path = YamlDocument.path("stages", stage.name(), listed.list, listed.index);
    if (listed.list.equals("plots")) {
      return document.update(path, wanted);
    }
    var gone = listed.alone ? YamlDocument.path("stages", stage.name(), listed.list) : path;
    return document.remove(gone).append(YamlDocument.path("stages", stage.name(), "plots"), wanted);
  }

  private Mapping flags(Mapping before, String target) {
    var missing = unset.stream().filter(name -> before.get(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new PipelineException(
          "display properties %s not found in plot '%s'".formatted(missing, target));
    }
    var flags = new LinkedHashMap<>(before.entries());
    unset.forEach(name -> flags.remove(Value.of(name)));
    flags.putAll(given.entries());
    return new Mapping(flags);
  }

  private static Optional<Listed> find(Value document, Stage stage, Output output) {
    if (!(document instanceof Mapping top
        && top.get("stages").orElse(null) instanceof Mapping stages
        && stages.get(stage.name()).orElse(null) instanceof Mapping definition)) {
      return Optional.empty();
    }
    for (var list : LISTS) {
      if (definition.get(list).orElse(null) instanceof Items(var items)) {
        for (int i = 0; i < items.size(); i++) {
          var listed = listed(list, i, items);
          if (listed.name instanceof Text(var path) && isAt(path, stage, output.file())) {
            return Optional.of(listed);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Listed listed(String list, int index, List<Value> items) {
    var item = items.get(index);
    boolean alone = items.size() == 1;
    if (item instanceof Mapping one && one.entries().size() == 1) {
      var entry = one.entries().entrySet().iterator().next();
      var flags = entry.getValue() instanceof Mapping given ? given : Mapping.EMPTY;
      return new Listed(list, index, alone, entry.getKey(), flags);
    }
    return new Listed(list, index, alone, item, Mapping.EMPTY);
  }

  private static boolean isAt(String path, Stage stage, Path file) {
    return stage.directory().resolve(path).normalize().equals(file);
  }
}
