package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.DataTree;
import io.mlopscore.pipeline.DataTree.Depth;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.DataChange.Kind;
import io.mlopscore.pipeline.compare.DataComparison.By;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `dvc data status` tells: how data differs between the last commit, the files that record it
/// and the workspace.
///
/// @param notInCache recorded, and not to be had from the cache
/// @param notInRemote recorded, and not to be had from the remote
/// @param committed recorded since the last commit
/// @param uncommitted in the workspace, and not recorded
/// @param untracked files that neither git nor we know, as seen from where the command runs
/// @param unchanged the same in all three
/// @param emptyGit whether git has no commit
/// @param dirtyGit whether git knows of changes
public record DataStatus(
    List<String> notInCache,
    List<String> notInRemote,
    List<DataChange> committed,
    List<DataChange> uncommitted,
    List<String> untracked,
    List<String> unchanged,
    boolean emptyGit,
    boolean dirtyGit) {

  /// What to look for.
  ///
  /// @param targets paths; empty for all
  /// @param granular whether to tell of the files of directories
  /// @param untracked whether to look for files that nobody keeps
  public record Options(List<String> targets, boolean granular, boolean untracked) {
    public Options {
      targets = List.copyOf(targets);
    }
  }

  /// Asks a remote.
  public interface RemoteLook {
    /// Those of some contents that a remote lacks.
    ///
    /// @param remote the one that an output asks for; empty for the usual one
    Set<Hash> lacking(Optional<String> remote, Set<Hash> contents) throws IOException;
  }

  public static DataStatus of(Pipeline pipeline, Options options, Optional<RemoteLook> remote)
      throws IOException {
    try (var _ = pipeline.lock()) {
      return new Look(pipeline, options).status(remote);
    }
  }

  /// One look at all there is.
  private static final class Look {
    private final Pipeline pipeline;
    private final Options options;
    private final Depth depth;
    private final List<String> paths;
    private final DataTree recorded;

    Look(Pipeline pipeline, Options options) throws IOException {
      this.pipeline = pipeline;
      this.options = options;
      this.depth = options.granular() ? Depth.FILES : Depth.OUTPUTS;
      this.paths =
          options.targets().stream()
              .map(pipeline::resolve)
              .map(pipeline.repository()::relative)
              .toList();
      this.recorded = DataTree.expected(pipeline, depth);
    }

    DataStatus status(Optional<RemoteLook> remote) throws IOException {
      var uncommitted = compare(recorded, DataTree.found(pipeline));
      var underGit =
          pipeline.repository().git().isPresent() && pipeline.repository().config().useGit();
      var git = underGit ? Optional.of(Git.of(pipeline.repository())) : Optional.<Git>empty();
      boolean hasCommit = git.isPresent() && git.get().find("HEAD").isPresent();
      var committed = git.isPresent() ? compare(head(hasCommit), recorded) : List.<DataChange>of();
      var unchanged = new LinkedHashSet<>(shown(uncommitted, Kind.UNCHANGED));
      if (git.isPresent()) {
        unchanged.retainAll(new LinkedHashSet<>(shown(committed, Kind.UNCHANGED)));
      }
      var state = git.isPresent() ? GitState.of(git.get(), options.untracked()) : GitState.CLEAN;
      return new DataStatus(
          notInCache(uncommitted),
          remote.isPresent() ? notInRemote(remote.get()) : List.of(),
          changed(committed),
          changed(uncommitted),
          state.untracked(pipeline, options.targets()),
          List.copyOf(unchanged),
          git.isPresent() && !hasCommit,
          state.isDirty());
    }

    private DataTree head(boolean hasCommit) throws IOException {
      return hasCommit
          ? DataTree.expected(new Revisions(pipeline).at("HEAD"), depth)
          : DataTree.empty();
    }

    private List<DataChange> compare(DataTree before, DataTree now) {
      return DataComparison.of(before, now, By.CONTENT, options.granular(), paths);
    }

    private List<String> notInCache(List<DataChange> uncommitted) {
      var missing = new ArrayList<String>();
      for (var change : uncommitted) {
        change
            .before()
            .filter(entry -> DataDiff.isMissing(entry, pipeline.cache()))
            .ifPresent(entry -> missing.add(entry.shown()));
      }
      return missing;
    }

    private List<String> notInRemote(RemoteLook remote) throws IOException {
      var names = new LinkedHashSet<Optional<String>>();
      recorded.outputs().values().forEach(content -> names.add(content.output().remote()));
      var missing = new ArrayList<String>();
      for (var name : names) {
        var pushed = recorded.only(output -> output.pushed() && output.remote().equals(name));
        missing.addAll(notInRemote(remote, name, pushed));
      }
      return missing;
    }

    private List<String> notInRemote(RemoteLook remote, Optional<String> name, DataTree data)
        throws IOException {
      var entries = new ArrayList<DataEntry>();
      for (var change : compare(DataTree.empty(), data)) {
        change.now().filter(entry -> entry.hash().isPresent()).ifPresent(entries::add);
      }
      var contents = new LinkedHashSet<Hash>();
      entries.forEach(entry -> contents.add(entry.hash().orElseThrow()));
      var lacking = remote.lacking(name, contents);
      entries.removeIf(entry -> !lacking.contains(entry.hash().orElseThrow()));
      return entries.stream().map(DataEntry::shown).toList();
    }
  }

  private static List<DataChange> changed(List<DataChange> changes) {
    return changes.stream().filter(change -> change.kind() != Kind.UNCHANGED).toList();
  }

  private static List<String> shown(List<DataChange> changes, Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).map(DataChange::shown).toList();
  }
}
