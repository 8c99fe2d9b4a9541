package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ignore.GitIgnored;
import io.mlopscore.pipeline.ignore.IgnoreRules;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds every `dvc.yaml` and `*.dvc` of a repository.
///
/// Directories that are outputs, that `.dvcignore` or git ignores, and repositories within this one
/// are not entered: what is in them is data, or looks after itself.
final class Discovery {
  private final Repository repository;
  private final Optional<GitIgnored> git;
  private final boolean strict;
  private final Set<Path> outputs = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Path> stageFiles = new ArrayList<>();
  private final List<Path> unreadable = new ArrayList<>();

  /// @param strict whether a file that cannot be read is an error; else it is left out
  private Discovery(Repository repository, boolean strict) throws IOException {
    this.repository = repository;
    this.strict = strict;
    this.git = repository.gitIgnored();
  }

  /// All stages and data, in the order of a walk from the root: of a directory the `dvc.yaml`, the
  /// `*.dvc` files, then the directories in it.
  static List<Node> nodes(Repository repository) throws IOException {
    return nodes(repository, true);
  }

  /// The stages and data of the files that can be read.
  static List<Node> readable(Repository repository) throws IOException {
    return nodes(repository, false);
  }

  private static List<Node> nodes(Repository repository, boolean strict) throws IOException {
    var discovery = new Discovery(repository, strict);
    discovery.enter(repository.ignore().top());
    return discovery.nodes;
  }

  /// Every `dvc.yaml`, in the same order.
  static List<Path> stageFiles(Repository repository) throws IOException {
    var discovery = new Discovery(repository, true);
    discovery.enter(repository.ignore().top());
    return discovery.stageFiles;
  }

  /// The directories that may not be looked into, and so hold no stages and no data for us.
  static List<Path> unreadable(Repository repository) throws IOException {
    var discovery = new Discovery(repository, false);
    discovery.enter(repository.ignore().top());
    return discovery.unreadable;
  }

  private void enter(IgnoreRules rules) throws IOException {
    var definitions = new TreeSet<String>();
    var directories = new TreeSet<String>();
    list(rules, definitions, directories);
    if (definitions.remove("dvc.yaml")) {
      stageFiles.add(rules.directory().resolve("dvc.yaml"));
      read(rules.directory().resolve("dvc.yaml"));
    }
    for (var name : definitions) {
      read(rules.directory().resolve(name));
    }
    for (var name : directories) {
      var directory = rules.directory().resolve(name);
      if (!outputs.contains(directory) && !isIgnored(directory, true)) {
        var inside = rules.enter(name);
        if (inside.isPresent()) {
          enter(inside.get());
        }
      }
    }
  }

  /// What cannot be listed holds no stages, as for DVC.
  private void list(IgnoreRules rules, Set<String> definitions, Set<String> directories)
      throws IOException {
    try (var entries = Files.newDirectoryStream(rules.directory())) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          directories.add(name);
        } else if (isDefinition(name) && !rules.ignores(name, false)) {
          definitions.add(name);
        }
      }
    } catch (AccessDeniedException _) {
      unreadable.add(rules.directory());
    } catch (NoSuchFileException _) {
      definitions.clear(); // another process removed it meanwhile
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isDefinition(String name) {
    return name.equals("dvc.yaml") || (name.endsWith(".dvc") && !name.equals(".dvc"));
  }

  private void read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || isIgnored(file, false)) {
      return;
    }
    for (var node : found(file)) {
      node.outputs().forEach(output -> outputs.add(output.file()));
      nodes.add(node);
    }
  }

  private List<? extends Node> found(Path file) throws IOException {
    try {
      var nodes =
          file.getFileName().toString().equals("dvc.yaml")
              ? StageFile.read(repository, file)
              : DataFile.read(repository, file).stream().toList();
      for (var node : nodes) {
        requireNotIgnored(node);
      }
      return nodes;
    } catch (PipelineException | YamlException e) {
      if (strict) {
        throw e;
      }
      return List.of();
    }
  }

  /// What is ignored as data cannot be an output.
  private void requireNotIgnored(Node node) throws IOException {
    for (var output : node.outputs()) {
      var rule = repository.ignoredBy(output.file());
      if (rule.isPresent()) {
        throw new PipelineException(
            "%s: Path '%s' is ignored by %s; change that rule, or remove the output"
                .formatted(repository.relative(node.definition()), output.file(), rule.get()));
      }
    }
  }

  private boolean isIgnored(Path path, boolean isDirectory) throws IOException {
    return git.isPresent() && git.get().ignores(path, isDirectory);
  }
}
