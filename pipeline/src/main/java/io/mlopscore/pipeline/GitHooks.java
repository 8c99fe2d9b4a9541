package io.mlopscore.pipeline;

import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;

/// Makes git look after data: hooks that run commands, and a driver that merges our files.
public final class GitHooks {
  private static final List<String> HOOKS = List.of("post-checkout", "pre-commit", "pre-push");
  private static final String DRIVER =
      "mlops git-hook merge-driver --ancestor %O --our %A --their %B --path %P";

  private final Repository repository;
  private final Git git;

  /// @throws PipelineException when the repository is not under git
  public GitHooks(Repository repository) {
    this.repository = repository;
    this.git = Git.of(repository);
  }

  /// Installs the hooks and the merge driver.
  ///
  /// @param byPreCommit leave the hooks to the tool `pre-commit`, by its settings file
  /// @return the files that git should get
  /// @throws PipelineException when there is another hook of one of the names; nothing is changed
  public List<Path> install(boolean byPreCommit) throws IOException {
    if (byPreCommit) {
      return List.of(mergeDriver(), preCommit());
    }
    var directory = git.directory().resolve(git.run("rev-parse", "--git-path", "hooks").strip());
    for (var hook : HOOKS) {
      var file = directory.resolve(hook);
      if (Files.exists(file) && !Files.readString(file).equals(script(hook))) {
        throw new PipelineException(
            "the hook %s exists; add the line `mlops git-hook %s \"$@\"` to it yourself"
                .formatted(file, hook));
      }
    }
    var attributes = mergeDriver();
    Files.createDirectories(directory);
    for (var hook : HOOKS) {
      write(directory.resolve(hook), script(hook));
    }
    return List.of(attributes);
  }

  private static String script(String hook) {
    return "#!/bin/sh\nexec mlops git-hook " + hook + " \"$@\"\n";
  }

  private static void write(Path hook, String text) throws IOException {
    WholeFile.write(hook, text);
    var view = Files.getFileAttributeView(hook, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /// The driver is a setting of this clone; which files it merges is told to all by
  /// `.gitattributes`, where those who lack the driver are left with git's own merge.
  private Path mergeDriver() throws IOException {
    git.run("config", "merge.mlops.name", "merge of dvc.lock and .dvc files by what they say");
    git.run("config", "merge.mlops.driver", DRIVER);
    var file = repository.root().resolve(".gitattributes");
    var text = Files.exists(file) ? Files.readString(file) : "";
    for (var pattern : List.of("dvc.lock", "*.dvc")) {
      var line = pattern + " merge=mlops";
      if (text.lines().noneMatch(line::equals)) {
        text += (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + line + "\n";
      }
    }
    WholeFile.write(file, text);
    return file;
  }

  private Path preCommit() throws IOException {
    var file = git.directory().resolve(".pre-commit-config.yaml");
    var document = YamlDocument.open(file);
    var entry = localHooks();
    boolean present =
        document.value() instanceof Mapping mapping
            && mapping.get("repos").isPresent()
            && YamlReader.items(mapping.get("repos").get()).values().contains(entry);
    if (!present) {
      WholeFile.write(file, document.append(YamlDocument.path("repos"), entry).text());
    }
    return file;
  }

  private static Mapping localHooks() {
    var hooks = HOOKS.stream().map(GitHooks::localHook).toList();
    var entry = new LinkedHashMap<Value, Value>();
    entry.put(Value.of("repo"), Value.of("local"));
    entry.put(Value.of("hooks"), new Items(hooks));
    return new Mapping(entry);
  }

  private static Value localHook(String hook) {
    var keys = new LinkedHashMap<Value, Value>();
    keys.put(Value.of("id"), Value.of("mlops-" + hook));
    keys.put(Value.of("name"), Value.of("mlops " + hook));
    keys.put(Value.of("entry"), Value.of("mlops git-hook " + hook));
    keys.put(Value.of("language"), Value.of("system"));
    keys.put(Value.of("stages"), new Items(List.of(Value.of(hook))));
    keys.put(Value.of("always_run"), new Bool(true));
    keys.put(Value.of("pass_filenames"), new Bool(false));
    return new Mapping(keys);
  }
}
