package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Looks at the workspace for what a decision needs.
///
/// What was seen is kept until something may have changed it, so that a file that one stage writes
/// and another reads is looked at once.
final class Observer {
  private final Workspace workspace;
  private final ContentCache cache;
  private final DirectoryIndex directories;
  private final Map<Path, Optional<Tracked>> seen = new HashMap<>();
  private final Map<Path, Mapping> paramsSeen = new HashMap<>();

  Observer(Workspace workspace, ContentCache cache, DirectoryIndex directories) {
    this.workspace = workspace;
    this.cache = cache;
    this.directories = directories;
  }

  /// Forgets what was seen: a command ran, or another process may have worked here.
  void forget() {
    seen.clear();
    paramsSeen.clear();
  }

  /// What is at a path.
  Optional<Tracked> look(Path path) throws IOException {
    var known = seen.get(path);
    if (known == null) {
      known = workspace.look(path);
      seen.put(path, known);
    }
    return known;
  }

  Observation observe(Stage stage, Optional<LockEntry> locked) throws IOException {
    var missing = new HashSet<String>();
    for (var output : stage.outputs()) {
      var before = locked.map(entry -> entry.outputs().get(output.path()));
      if (output.cached() && before.isPresent() && !isHeld(before.get(), look(output.file()))) {
        missing.add(output.path());
      }
    }
    return new Observation(dependencies(stage), params(stage), outputs(stage), missing);
  }

  /// Whether the cache holds what is recorded.
  ///
  /// Of a directory that is as recorded, the objects are not looked at one by one when the cache
  /// held them all before and none came or went since. What that cannot tell is that someone wrote
  /// into an object: whoever uses one checks it.
  ///
  /// @param now what is in the workspace
  boolean isHeld(Tracked recorded, Optional<Tracked> now) throws IOException {
    var hash = recorded.hash();
    if (!hash.isDirectory() || now.isEmpty() || !now.get().hash().equals(hash)) {
      return cache.containsAll(hash);
    }
    var state = cache.state();
    if (directories.wasHeld(hash, state)) {
      return true;
    }
    boolean held = cache.containsAll(hash);
    if (held) {
      directories.holds(hash, state);
    }
    return held;
  }

  Map<String, Tracked> outputs(Stage stage) throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var output : stage.outputs()) {
      look(output.file()).ifPresent(content -> found.put(output.path(), content));
    }
    return found;
  }

  Map<String, Tracked> dependencies(Stage stage) throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var dependency : stage.dependencies()) {
      look(dependency.file()).ifPresent(content -> found.put(dependency.path(), content));
    }
    return found;
  }

  private Map<String, Mapping> params(Stage stage) throws IOException {
    var found = new LinkedHashMap<String, Mapping>();
    for (var file : stage.params()) {
      if (Files.exists(file.file())) {
        var all = readParams(file.file());
        found.put(file.path(), file.isWhole() ? all : some(file, all));
      }
    }
    return found;
  }

  private Mapping readParams(Path file) throws IOException {
    var known = paramsSeen.get(file);
    if (known == null) {
      known = ParamsText.read(file);
      paramsSeen.put(file, known);
    }
    return known;
  }

  private static Mapping some(ParamsFile file, Mapping all) {
    var some = new LinkedHashMap<Value, Value>();
    for (var key : file.keys()) {
      ParamsKey.find(all, key).ifPresent(value -> some.put(Value.of(key), value));
    }
    return new Mapping(some);
  }
}
