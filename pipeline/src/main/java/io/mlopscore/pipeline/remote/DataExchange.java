package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Brings data from the cache to a remote, or back.
public final class DataExchange {
  /// What came of it.
  ///
  /// @param moved how many objects were copied
  /// @param missing objects that neither side has
  /// @param failed objects that could not be copied, with the reason
  /// @param untried how many were given up since the remote did not answer any more
  /// @param written `*.dvc` files and `dvc.lock` that name other versions now
  public record Result(
      int moved,
      Set<StoredObject> missing,
      List<FailedObject> failed,
      int untried,
      Set<Path> written) {
    static final Result NOTHING = new Result(0, Set.of(), List.of(), 0);

    public Result {
      missing = new LinkedHashSet<>(missing);
      failed = List.copyOf(failed);
      written = new LinkedHashSet<>(written);
    }

    Result(int moved, Set<StoredObject> missing, List<FailedObject> failed, int untried) {
      this(moved, missing, failed, untried, Set.of());
    }

    /// How many objects should have arrived and did not.
    public int failures() {
      return failed.size() + untried;
    }

    /// Of both together.
    public Result and(Result other) {
      var allMissing = new LinkedHashSet<>(missing);
      allMissing.addAll(other.missing);
      var allFailed = new ArrayList<>(failed);
      allFailed.addAll(other.failed);
      var allWritten = new LinkedHashSet<>(written);
      allWritten.addAll(other.written);
      return new Result(
          moved + other.moved, allMissing, allFailed, untried + other.untried, allWritten);
    }
  }

  private final Pipeline pipeline;
  private final Optional<String> remote;
  private final OptionalInt jobs;
  private final Progress progress;
  private final Warnings warnings;

  /// @param remote the name of a remote; empty for that of each output, or the default one
  /// @param jobs how many objects at a time; empty for the remote's own number
  public DataExchange(
      Pipeline pipeline,
      Optional<String> remote,
      OptionalInt jobs,
      Progress progress,
      Warnings warnings) {
    this.pipeline = pipeline;
    this.remote = remote;
    this.jobs = jobs;
    this.progress = progress;
    this.warnings = warnings;
  }

  /// Copies what the remote lacks.
  ///
  /// @param runs also the run cache
  public Result push(Selection selection, boolean runs) throws IOException {
    try (var _ = pipeline.lock()) {
      var used = find(selection);
      used.removeIf(data -> !data.output().pushed());
      if (used.isEmpty() && selection.revisions().workspace()) {
        // A remote that is missing is told of before there is data for it.
        remotes().require(remotes().name(remote));
      }
      var result = Result.NOTHING;
      for (var group : byRemote(used, runs).entrySet()) {
        try (var to = remotes().open(group.getKey())) {
          boolean withRuns = runs && isNamed(group.getKey());
          var layout = layout(to);
          layout.requirePushable(selection.revisions());
          result = result.and(layout.push(group.getValue(), withRuns));
        }
      }
      return result;
    }
  }

  /// Copies what the cache lacks. As with DVC, data that has no remote is no failure.
  ///
  /// @param runs also the run cache
  public Result fetch(Selection selection, boolean runs) throws IOException {
    try (var _ = pipeline.lock()) {
      var used = find(selection);
      var imports = new ImportFetch(pipeline, new Imports(pipeline, jobs, progress), warnings);
      var later = new DataSelection(pipeline, selection, warnings).partialImports();
      var result = imports.recorded(used).and(imports.later(later));
      boolean hasRemote = hasRemote();
      used.removeIf(data -> data.imported().isPresent() || (data.remote().isEmpty() && !hasRemote));
      for (var group : byRemote(used, runs && hasRemote).entrySet()) {
        try (var from = remotes().open(group.getKey())) {
          boolean withRuns = runs && hasRemote && isNamed(group.getKey());
          result = result.and(layout(from).fetch(group.getValue(), withRuns));
        }
      }
      return result;
    }
  }

  /// Whether there is one for data that asks for none.
  public boolean hasRemote() {
    return remote.isPresent() || remotes().hasDefault();
  }

  /// Copies the results of earlier runs.
  public Result fetchRuns() throws IOException {
    try (var _ = pipeline.lock();
        var from = remotes().open(remotes().name(remote))) {
      return layout(from).fetch(List.of(), true);
    }
  }

  /// How cache and remote differ, by the name of the object.
  public Map<String, Difference> compare(Selection selection) throws IOException {
    try (var _ = pipeline.lock()) {
      var used = find(selection);
      used.removeIf(data -> !data.output().pushed());
      var differences = new LinkedHashMap<String, Difference>();
      for (var group : byRemote(used, false).entrySet()) {
        try (var with = remotes().open(group.getKey())) {
          layout(with).compare(group.getValue(), differences);
        }
      }
      return differences;
    }
  }

  /// Those of some contents that the remote lacks; all of them where there is no remote.
  ///
  /// @param wanted the remote that an output asks for; empty for the usual one
  public Set<Hash> lacking(Optional<String> wanted, Set<Hash> contents) throws IOException {
    var name = wanted.or(() -> remote).or(pipeline.repository().config()::defaultRemote);
    if (name.isEmpty()) {
      return contents;
    }
    try (var opened = remotes().open(name.get())) {
      return layout(opened).lacking(contents, find(Selection.WORKSPACE));
    }
  }

  private List<UsedData> find(Selection selection) throws IOException {
    var found = new ArrayList<>(new DataSelection(pipeline, selection, warnings).find());
    found.removeIf(
        data -> remote.isPresent() && data.remote().isPresent() && !data.remote().equals(remote));
    return found;
  }

  private boolean isNamed(String name) {
    return name.equals(remotes().name(remote));
  }

  private Map<String, List<UsedData>> byRemote(Collection<UsedData> used, boolean runs) {
    var groups = new LinkedHashMap<String, List<UsedData>>();
    if (runs) {
      groups.put(remotes().name(remote), new ArrayList<>());
    }
    for (var data : used) {
      var name = data.remote().orElseGet(() -> remotes().name(remote));
      groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(data);
    }
    return groups;
  }

  private Remotes remotes() {
    return new Remotes(pipeline.repository().config(), jobs);
  }

  private Layout layout(Remote opened) {
    return Layout.of(pipeline, RemoteSession.of(pipeline.repository(), opened, progress));
  }
}
