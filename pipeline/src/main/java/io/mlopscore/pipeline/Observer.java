package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at the workspace for what a decision needs.
///
/// What was seen is kept until something may have changed it, so that a file that one stage writes
/// and another reads is looked at once.
final class Observer {
  private final Workspace workspace;
  private final ContentCache cache;
  private final HeldDirectories held;
  private final Config config;
  private final UrlContents urls;
  private final Map<Place, Optional<Tracked>> seen = new HashMap<>();
  private final Map<String, Optional<UrlContent>> urlsSeen = new HashMap<>();
  private final Map<Path, Mapping> paramsSeen = new HashMap<>();

  /// @param legacy the content that DVC 2 recorded there, if it did
  private record Place(Path path, Optional<Hash> legacy) {}

  Observer(
      Workspace workspace,
      ContentCache cache,
      HeldDirectories held,
      Config config,
      UrlContents urls) {
    this.workspace = workspace;
    this.cache = cache;
    this.held = held;
    this.config = config;
    this.urls = urls;
  }

  /// Forgets what was seen: a command ran, or another process may have worked here.
  void forget() {
    seen.clear();
    urlsSeen.clear();
    paramsSeen.clear();
  }

  /// What is at a path.
  ///
  /// @param recorded what is recorded for it, see [Workspace#find(Path, Optional)]
  Optional<Tracked> look(Path path, Optional<Tracked> recorded) throws IOException {
    var place = new Place(path, recorded.map(Tracked::hash).filter(Hash::isLegacy));
    var known = seen.get(place);
    if (known == null) {
      known = workspace.find(path, recorded).map(Workspace.Found::content);
      seen.put(place, known);
    }
    return known;
  }

  Observation observe(Stage stage, Optional<LockEntry> locked) throws IOException {
    var missing = new HashSet<String>();
    for (var output : stage.outputs()) {
      var before = locked.flatMap(entry -> entry.output(output.path()));
      if (output.cached()
          && before.isPresent()
          && !isHeld(before.get(), look(output.file(), before))) {
        missing.add(output.path());
      }
    }
    return new Observation(
        dependencies(stage, locked),
        byTag(readUrls(stage)),
        params(stage),
        outputs(stage, locked),
        byTag(writtenUrls(stage)),
        missing);
  }

  /// What a stage reads; its outputs are left out.
  Observation inputs(Stage stage, Optional<LockEntry> locked) throws IOException {
    return new Observation(
        dependencies(stage, locked),
        byTag(readUrls(stage)),
        params(stage),
        Map.of(),
        Map.of(),
        Set.of());
  }

  /// Whether the cache holds what is recorded.
  ///
  /// Of a large directory that is as recorded, the objects are not looked at one by one when the
  /// cache held them all before and none came or went since. What that cannot tell is that someone
  /// wrote into an object: whoever uses one checks it.
  ///
  /// @param now what is in the workspace
  boolean isHeld(Tracked recorded, Optional<Tracked> now) throws IOException {
    var hash = recorded.hash();
    boolean asRecorded = now.isPresent() && now.get().hash().equals(hash);
    if (!asRecorded || !HeldDirectories.isLarge(recorded)) {
      return cache.containsAll(hash);
    }
    var state = cache.folders().state();
    if (held.has(recorded, state)) {
      return true;
    }
    boolean complete = cache.containsAll(hash);
    if (complete) {
      held.add(recorded, state);
    }
    return complete;
  }

  private Map<String, Tracked> outputs(Stage stage, Optional<LockEntry> locked) throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var output : stage.outputs()) {
      look(output.file(), locked.flatMap(entry -> entry.output(output.path())))
          .ifPresent(content -> found.put(output.path(), content));
    }
    for (var url : writtenUrls(stage)) {
      ask(url).flatMap(UrlContent::tracked).ifPresent(content -> found.put(url, content));
    }
    return found;
  }

  private Map<String, Tracked> dependencies(Stage stage, Optional<LockEntry> locked)
      throws IOException {
    var found = new HashMap<String, Tracked>();
    for (var dependency : stage.dependencies()) {
      var now =
          dependency.isElsewhere()
              ? ask(dependency.path()).flatMap(UrlContent::tracked)
              : look(
                  dependency.file(), locked.flatMap(entry -> entry.dependency(dependency.path())));
      now.ifPresent(content -> found.put(dependency.path(), content));
    }
    return found;
  }

  private static List<String> readUrls(Stage stage) {
    return stage.dependencies().stream()
        .filter(Dependency::isElsewhere)
        .map(Dependency::path)
        .toList();
  }

  private static List<String> writtenUrls(Stage stage) {
    return stage.urlOutputs().stream().map(UrlOutput::url).toList();
  }

  /// What URLs hold that servers name by something else than an MD5.
  private Map<String, UrlContent> byTag(List<String> urls) throws IOException {
    var found = new HashMap<String, UrlContent>();
    for (var url : urls) {
      ask(url)
          .filter(content -> content.tracked().isEmpty())
          .ifPresent(content -> found.put(url, content));
    }
    return found;
  }

  /// What a URL holds; asked once until something may have changed it.
  Optional<UrlContent> ask(String url) throws IOException {
    var known = urlsSeen.get(url);
    if (known == null) {
      known = urls.find(config, url);
      urlsSeen.put(url, known);
    }
    return known;
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
