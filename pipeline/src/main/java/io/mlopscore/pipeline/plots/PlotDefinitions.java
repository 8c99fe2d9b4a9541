package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.Declarations;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.files.RepositoryFiles;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds the plots of one moment: those that a `dvc.yaml` declares at its top, the outputs of
/// stages that are plots, and files that the user names.
///
/// Files are called as the user would from where the command runs.
final class PlotDefinitions {
  /// Where plots stand that no `dvc.yaml` declares at its top.
  private static final String NO_FILE = "";

  private final RepositoryFiles files;
  private final Pipeline pipeline;
  private final List<String> targets;
  private final Mapping more;
  private final Map<String, Map<String, Mapping>> found = new LinkedHashMap<>();

  /// @param targets beginnings of names of plots, or files; empty for all plots
  /// @param more properties that go before those of the definitions
  PlotDefinitions(RepositoryFiles files, List<String> targets, Mapping more) {
    this.files = files;
    this.pipeline = files.pipeline();
    this.targets = List.copyOf(targets);
    this.more = more;
  }

  /// The properties of each plot by its name. A name that several files declare comes with the
  // file.
  Map<String, PlotDefinition> find() throws IOException {
    for (var declared : pipeline.declarations()) {
      if (!declared.plots().isEmpty()) {
        declared(declared);
      }
    }
    outputs();
    for (var target : targets) {
      var path = pipeline.resolve(target);
      if (found.isEmpty() || files.find(relative(path)).isPresent()) {
        unpack(NO_FILE, path, Mapping.EMPTY);
      }
    }
    return byName();
  }

  private void declared(Declarations file) throws IOException {
    var config = pipeline.shown(file.file());
    found.computeIfAbsent(config, _ -> new LinkedHashMap<>());
    var definitions = new LinkedHashMap<String, Mapping>();
    for (var element : file.plots()) {
      if (element instanceof Mapping mapping) {
        var entry = mapping.entries().entrySet().iterator().next();
        var properties = entry.getValue() instanceof Mapping given ? given : Mapping.EMPTY;
        definitions.put(YamlReader.text(entry.getKey()), properties);
      } else {
        definitions.put(YamlReader.text(element), Mapping.EMPTY);
      }
    }
    var parents = new ArrayList<Path>();
    definitions.keySet().forEach(id -> parents.add(file.file().resolveSibling(id).normalize()));
    for (var entry : definitions.entrySet()) {
      declared(config, file.file(), entry.getKey(), entry.getValue(), parents);
    }
  }

  private void declared(String config, Path file, String id, Mapping properties, List<Path> parents)
      throws IOException {
    if (!matches(config, id)) {
      return;
    }
    if (properties.get("y").orElse(Value.none()) instanceof Mapping) {
      put(config, id, sourcesFrom(file, properties));
      return;
    }
    var path = file.resolveSibling(id).normalize();
    for (var each : unpacked(path)) {
      if (closest(each, parents).equals(path)) {
        put(config, pipeline.shown(each), properties);
      }
    }
  }

  /// What is declared for the nearest folder counts.
  private static Path closest(Path path, List<Path> parents) {
    var best = path;
    int length = -1;
    for (var parent : parents) {
      if (path.startsWith(parent) && parent.getNameCount() > length) {
        best = parent;
        length = parent.getNameCount();
      }
    }
    return best;
  }

  /// The files that axes are taken from, as seen from where the command runs.
  private Mapping sourcesFrom(Path file, Mapping properties) {
    var adjusted = properties;
    for (var axis : List.of("x", "y")) {
      if (properties.get(axis).orElse(Value.none()) instanceof Mapping sources) {
        var shown = Mapping.EMPTY;
        for (var source : sources.entries().entrySet()) {
          var path = file.resolveSibling(YamlReader.text(source.getKey())).normalize();
          shown = shown.with(pipeline.shown(path), source.getValue());
        }
        adjusted = adjusted.with(axis, shown);
      }
    }
    return adjusted;
  }

  private void outputs() throws IOException {
    for (var node : pipeline.nodes()) {
      for (var output : node.outputs()) {
        var config = pipeline.shown(node.definition());
        if (output.kind() == Output.Kind.PLOT && matches(config, pipeline.shown(output))) {
          unpack(NO_FILE, output.file(), output.display());
        }
      }
    }
  }

  private void unpack(String config, Path path, Mapping properties) throws IOException {
    for (var file : unpacked(path)) {
      put(config, pipeline.shown(file), properties);
    }
  }

  /// The files of a folder, or the file itself even if nothing is there.
  private List<Path> unpacked(Path path) throws IOException {
    var entry = files.find(relative(path));
    if (entry.isEmpty() || !entry.get().isFolder()) {
      return List.of(path);
    }
    var root = pipeline.repository().root();
    return files.below(entry.get().path()).stream().map(file -> root.resolve(file.path())).toList();
  }

  private String relative(Path path) {
    return pipeline.repository().relative(path);
  }

  private boolean matches(String config, String id) {
    return targets.isEmpty()
        || targets.stream()
            .anyMatch(target -> beginsWith(id, target) || beginsWith(config + "::" + id, target));
  }

  /// A target is a regular expression for how a name begins, or text that is none.
  private static boolean beginsWith(String name, String target) {
    try {
      return Pattern.compile(target).matcher(name).lookingAt();
    } catch (PatternSyntaxException _) {
      return name.startsWith(target);
    }
  }

  private void put(String config, String id, Mapping properties) {
    var known = found.computeIfAbsent(config, _ -> new LinkedHashMap<>());
    var before = known.getOrDefault(id, Mapping.EMPTY);
    known.put(id, joined(joined(before, properties), more));
  }

  private static Mapping joined(Mapping before, Mapping more) {
    var all = new LinkedHashMap<>(before.entries());
    all.putAll(more.entries());
    return new Mapping(all);
  }

  private Map<String, PlotDefinition> byName() {
    var counts = new LinkedHashMap<String, Integer>();
    found.values().forEach(ids -> ids.keySet().forEach(id -> counts.merge(id, 1, Integer::sum)));
    var named = new LinkedHashMap<String, PlotDefinition>();
    for (var id : counts.keySet()) {
      found.forEach(
          (config, ids) -> {
            var properties = ids.get(id);
            if (properties != null) {
              boolean plain = counts.getOrDefault(id, 0) == 1 || config.isEmpty();
              named.put(plain ? id : config + "::" + id, new PlotDefinition(id, properties));
            }
          });
    }
    return named;
  }
}
