package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlDocument;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Renames data that was added or imported, together with its `*.dvc` file.
public final class DataMove {
  private final Pipeline pipeline;
  private final Repository repository;

  public DataMove(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.repository = pipeline.repository();
  }

  /// @param from the data, absolute
  /// @param to its new path, or the directory it goes to, absolute
  /// @return the files that git should get
  /// @throws PipelineException when it is no data of its own, or the new place is taken
  public Set<Path> move(Path from, Path to) throws IOException {
    try (var _ = pipeline.lock()) {
      var source = from.normalize();
      var name = source.getFileName();
      var target = (Files.isDirectory(to) ? to.resolve(name) : to).normalize();
      return move(source(source), source, target);
    }
  }

  private DataSource source(Path path) throws IOException {
    for (var node : pipeline.nodes()) {
      if (node.outputs().stream().anyMatch(output -> output.file().equals(path))) {
        return switch (node) {
          case DataSource data -> data;
          case PartialImport partial ->
              throw new PipelineException(
                  "'%s' was not downloaded yet; `mlops update %s` does that"
                      .formatted(pipeline.shown(path), pipeline.shown(partial)));
          case Stage stage ->
              throw new PipelineException(
                  "'%s' is written by stage '%s', so it cannot be moved; change the stage"
                      .formatted(pipeline.shown(path), stage.address()));
        };
      }
    }
    throw new PipelineException(
        "Unable to find DVC file with output '%s'".formatted(pipeline.shown(path)));
  }

  private Set<Path> move(DataSource data, Path from, Path to) throws IOException {
    var old = data.definition();
    boolean sameName = old.getFileName().toString().equals(from.getFileName() + ".dvc");
    var definition = sameName ? to.resolveSibling(to.getFileName() + ".dvc") : old;
    requireFree(data, definition, to);
    var document = rewritten(YamlDocument.open(old), data, definition, to);
    var written = new LinkedHashSet<Path>(List.of(definition));
    if (Files.exists(from)) {
      Files.move(from, to);
    }
    document.write(definition);
    if (!definition.equals(old)) {
      Files.delete(old);
      written.add(old);
    }
    if (data.output().cached()) {
      GitIgnoreEntry.remove(from).ifPresent(written::add);
      pipeline.gitIgnore().ignore(to).ifPresent(written::add);
    }
    return written;
  }

  private void requireFree(DataSource data, Path definition, Path to) throws IOException {
    var folder = to.getParent();
    if (folder == null || !repository.contains(to) || to.equals(repository.root())) {
      throw new PipelineException("'%s' is outside of the repository".formatted(to));
    }
    if (!Files.isDirectory(folder)) {
      throw new PipelineException("the directory '%s' does not exist".formatted(folder));
    }
    repository.requireNotIgnored(to);
    boolean taken = !definition.equals(data.definition()) && Files.exists(definition);
    if (taken || Files.exists(to)) {
      throw new PipelineException(
          "'%s' already exists".formatted(pipeline.shown(taken ? definition : to)));
    }
    var nodes = new ArrayList<>(pipeline.nodes());
    nodes.remove(data);
    var output = data.output();
    var moved =
        new Output(output.path(), to, output.kind(), output.cached(), false, true, output.remote());
    nodes.add(
        new DataSource(
            definition,
            repository.relative(definition),
            moved,
            data.recorded(),
            true,
            data.imported()));
    StageGraph.of(nodes);
  }

  private YamlDocument rewritten(YamlDocument document, DataSource data, Path definition, Path to)
      throws IOException {
    var top = YamlReader.mapping(data.definition());
    var before = directory(data.definition(), top);
    boolean stays = definition.equals(data.definition());
    var after = stays ? before : definition.resolveSibling("");
    var changed =
        document.set(
            YamlDocument.path("outs", 0, "path"), Value.of(Workspace.posix(after.relativize(to))));
    if (!stays && top.get("wdir").isPresent()) {
      changed = changed.remove(YamlDocument.path("wdir"));
    }
    var dependencies = YamlReader.items(top.get("deps").orElse(Value.none())).values();
    for (int i = 0; i < dependencies.size(); i++) {
      if (dependencies.get(i) instanceof Mapping dependency
          && dependency.get("repo").isEmpty()
          && dependency.get("path").orElse(Value.none()) instanceof Text(var path)
          && !path.contains("://")
          && !path.startsWith("/")) {
        var moved = Workspace.posix(after.relativize(before.resolve(path).normalize()));
        changed = changed.set(YamlDocument.path("deps", i, "path"), Value.of(moved));
      }
    }
    return top.get("md5").isEmpty()
        ? changed
        : changed.set(
            YamlDocument.path("md5"), Value.of(ImportChecksum.of((Mapping) changed.value())));
  }

  private static Path directory(Path definition, Mapping top) {
    return top.get("wdir")
        .map(wdir -> definition.resolveSibling(YamlReader.text(wdir)).normalize())
        .orElse(definition.resolveSibling(""));
  }
}
