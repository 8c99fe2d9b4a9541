package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Adds stages to a `dvc.yaml` in place.
public final class StageEditor {
  private static final Pattern PUNCTUATION =
      Pattern.compile("[!\"#$%&'()*+,./:;<=>?@\\[\\\\\\]^`{|}~]");

  private final Pipeline pipeline;
  private final Repository repository;
  private final Path file;

  /// @param directory where the `dvc.yaml` is
  public StageEditor(Pipeline pipeline, Path directory) {
    this.pipeline = pipeline;
    this.repository = pipeline.repository();
    this.file = directory.toAbsolutePath().normalize().resolve("dvc.yaml");
  }

  /// Writes a stage and keeps its cached outputs out of git.
  ///
  /// @param force replace a stage of this name
  /// @return the files that were changed
  /// @throws PipelineException when the stage is not sound by itself or beside the others
  public Set<Path> add(NewStage added, boolean force) throws IOException {
    try (var _ = pipeline.lock()) {
      requireName(added);
      var stage = stage(added);
      requireSound(stage);
      var document = YamlDocument.open(file);
      var text = NewStageText.of(added, stage, wdir(stage));
      var changed = changed(document, added.name(), text, force);
      requireSoundGraph(stage);
      var written = new LinkedHashSet<Path>(Set.of(file));
      written.addAll(ignore(stage));
      changed.write(file);
      return written;
    }
  }

  private static void requireName(NewStage added) {
    if (added.name().isEmpty()) {
      throw new PipelineException("the stage needs a name: add --name");
    }
    if (added.command().isEmpty()) {
      throw new PipelineException(
          "command is not specified: write it behind the options, as you would run it");
    }
    if (PUNCTUATION.matcher(added.name()).find()) {
      throw new PipelineException(
          "'%s': a stage name cannot contain punctuation characters except '-' and '_'"
              .formatted(added.name()));
    }
  }

  private Stage stage(NewStage added) {
    var directory = file.resolveSibling(added.wdir().orElse(Path.of(""))).normalize();
    requireDirectory(directory);
    var dependencies =
        added.dependencies().stream()
            .map(path -> path(path, directory))
            .map(path -> Dependency.of(path, directory, repository.config()))
            .toList();
    var outputs = new ArrayList<Output>();
    var urls = new ArrayList<UrlOutput>();
    for (var out : added.outputs()) {
      var place = Dependency.of(path(out.path(), directory), directory, repository.config());
      if (place.isElsewhere()) {
        urls.add(UrlOutput.of(place, out.kind(), out.cached(), out.persist(), added.name()));
      } else {
        outputs.add(output(out, place));
      }
    }
    return new Stage(
        added.name(),
        file,
        address(added.name()),
        directory,
        new Command.Script(added.command()),
        dependencies,
        List.of(),
        outputs,
        urls,
        false,
        added.alwaysChanged(),
        added.description().orElse(""),
        Value.none());
  }

  private String address(String name) {
    var path = repository.relative(file);
    return path.equals("dvc.yaml") ? name : path + ":" + name;
  }

  private void requireDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PipelineException(
          Files.exists(directory)
              ? "stage working dir '%s' is not a directory".formatted(directory)
              : "stage working dir '%s' does not exist".formatted(directory));
    }
    if (!repository.contains(directory)) {
      throw new PipelineException(
          "stage working dir '%s' is outside of the repository %s"
              .formatted(directory, repository.root()));
    }
  }

  private String wdir(Stage stage) {
    return Workspace.posix(file.resolveSibling("").relativize(stage.directory()));
  }

  /// As given, but an absolute path inside the repository becomes relative.
  private String path(String path, Path directory) {
    var absolute = Path.of(path).normalize();
    return absolute.isAbsolute() && repository.contains(absolute)
        ? Workspace.posix(directory.relativize(absolute))
        : path;
  }

  private static Output output(NewStage.Out out, Dependency place) {
    return new Output(
        place.path(),
        place.file(),
        out.kind(),
        out.cached(),
        out.persist(),
        true,
        Optional.empty());
  }

  private void requireSound(Stage stage) throws IOException {
    var paths = new HashSet<Path>();
    stage.dependencies().forEach(dependency -> paths.add(dependency.file()));
    for (var output : stage.outputs()) {
      var path = output.file();
      boolean outside = !repository.contains(path) || path.equals(repository.root());
      if (output.cached() && outside) {
        throw new PipelineException(
            "output '%s' is outside of the repository, where it cannot be cached: declare it with"
                    .formatted(output.path())
                + " --outs-no-cache, --metrics-no-cache or --plots-no-cache");
      }
      if (stage.dependencies().stream().anyMatch(dependency -> dependency.file().equals(path))) {
        throw new PipelineException(
            "'%s' is specified as an output and as a dependency; remove one".formatted(path));
      }
      if (!paths.add(path)) {
        throw new PipelineException("file '%s' is specified more than once".formatted(path));
      }
      repository.requireNotIgnored(path);
    }
    if (new HashSet<>(stage.dependencies()).size() < stage.dependencies().size()) {
      throw new PipelineException("a dependency is specified more than once");
    }
  }

  /// A replaced stage keeps its `meta` and `desc`, as with dvc.
  private YamlDocument changed(YamlDocument document, String name, Mapping text, boolean force)
      throws IOException {
    var path = YamlDocument.path("stages", name);
    var before =
        document.value() instanceof Mapping top
                && top.get("stages").orElse(Value.none()) instanceof Mapping stages
            ? stages.get(name)
            : Optional.<Value>empty();
    if (before.isEmpty()) {
      return document.set(path, text);
    }
    if (!force) {
      throw new PipelineException(
          "Stage '%s' already exists in '%s'. Use '--force' to overwrite."
              .formatted(name, pipeline.shown(file)));
    }
    var wanted = text;
    if (before.get() instanceof Mapping old) {
      for (var kept : List.of("desc", "meta")) {
        var value = old.get(kept);
        wanted = value.isPresent() ? wanted.with(kept, value.get()) : wanted;
      }
    }
    return document.update(path, wanted);
  }

  private void requireSoundGraph(Stage added) throws IOException {
    var nodes = new ArrayList<Node>();
    for (var node : pipeline.nodes()) {
      boolean replaced =
          node instanceof Stage stage
              && stage.definition().equals(file)
              && stage.name().equals(added.name());
      if (!replaced) {
        nodes.add(node);
      }
    }
    nodes.add(added);
    StageGraph.of(nodes);
  }

  /// Entries made before one of them fails are taken back.
  private Set<Path> ignore(Stage stage) throws IOException {
    var gitIgnore = pipeline.gitIgnore();
    var written = new LinkedHashSet<Path>();
    var added = new ArrayList<Path>();
    try {
      for (var output : stage.outputs()) {
        if (output.cached() && Files.isDirectory(output.file().resolveSibling(""))) {
          var changed = gitIgnore.ignore(output.file());
          changed.ifPresent(written::add);
          changed.ifPresent(_ -> added.add(output.file()));
        }
      }
    } catch (PipelineException e) {
      for (var output : added) {
        GitIgnoreEntry.remove(output);
      }
      throw e;
    }
    return written;
  }
}
