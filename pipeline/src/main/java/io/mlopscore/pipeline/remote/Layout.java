package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a remote lays out what it keeps, and so how data gets there and back.
sealed interface Layout {
  /// Copies what the remote lacks.
  ///
  /// @param runs also the run cache
  Result push(Collection<UsedData> used, boolean runs) throws IOException;

  /// @throws PipelineException when the data of such revisions cannot be pushed
  void requirePushable(CommitSelection revisions);

  /// Copies what the cache lacks.
  ///
  /// @param runs also the run cache
  Result fetch(Collection<UsedData> used, boolean runs) throws IOException;

  /// Gets the listings of directories that the cache lacks.
  void fetchListings(Collection<UsedData> directories) throws IOException;

  /// Gets contents of this repository into the cache of another; what cannot be had stays away.
  void fetchInto(Path cacheRoot, Set<Hash> contents) throws IOException;

  /// Where others find a content of this repository.
  ///
  /// @param path of what has it, from the root
  String url(Hash content, String path) throws IOException;

  /// Adds how cache and remote differ, by the name of the object.
  void compare(Collection<UsedData> used, Map<String, Difference> found) throws IOException;

  /// Those of some contents that the remote lacks.
  ///
  /// @param used data that may consist of them
  Set<Hash> lacking(Set<Hash> contents, Collection<UsedData> used) throws IOException;

  /// @throws PipelineException when it should keep versions and is of a kind that has none for us
  static Layout of(Pipeline pipeline, RemoteSession session) {
    var remote = session.remote();
    if (!remote.versioned()) {
      return new ByHash(pipeline, session);
    }
    var versions =
        remote
            .store()
            .versions()
            .orElseThrow(
                () ->
                    new PipelineException(
                        "remote '%s': versions of files (version_aware, worktree) are kept in S3 only; use `dvc` with %s"
                            .formatted(remote.name(), remote.url())));
    var files = new PathFiles(pipeline.cache());
    return new ByPath(pipeline, session, versions, files);
  }

  /// Each content once, under its hash.
  record ByHash(Pipeline pipeline, RemoteSession session) implements Layout {
    @Override
    public Result push(Collection<UsedData> used, boolean runs) throws IOException {
      return new Push(pipeline.repository().cacheRoot(), pipeline.cache(), session).run(used, runs);
    }

    @Override
    public void requirePushable(CommitSelection revisions) {}

    @Override
    public Result fetch(Collection<UsedData> used, boolean runs) throws IOException {
      return fetch().run(used, runs);
    }

    @Override
    public void fetchListings(Collection<UsedData> directories) throws IOException {
      fetch().fetchListings(directories);
    }

    @Override
    public void fetchInto(Path cacheRoot, Set<Hash> contents) throws IOException {
      var objects = contents.stream().map(hash -> StoredObject.of(hash, hash.value())).toList();
      var remote = session.remote();
      var progress = session.progress();
      progress.begin("Fetching", objects.size());
      var download = new Download(cacheRoot, remote, progress);
      new Transfer(download, remote.jobs(), progress).run(objects);
    }

    @Override
    public String url(Hash content, String path) {
      return session.remote().url(StoredObject.of(content, "").key());
    }

    private Fetch fetch() {
      var root = pipeline.repository().cacheRoot();
      return new Fetch(root, pipeline.cache(), pipeline.held(), session);
    }

    @Override
    public void compare(Collection<UsedData> used, Map<String, Difference> found)
        throws IOException {
      var root = pipeline.repository().cacheRoot();
      new Comparison(root, pipeline.cache(), pipeline.held(), session).run(used, found);
    }

    @Override
    public Set<Hash> lacking(Set<Hash> contents, Collection<UsedData> used) throws IOException {
      var objects = contents.stream().map(hash -> StoredObject.of(hash, hash.value())).toList();
      var present = session.presence().of(objects);
      var lacking = new LinkedHashSet<Hash>();
      for (var hash : contents) {
        if (!present.contains(StoredObject.of(hash, ""))) {
          lacking.add(hash);
        }
      }
      return lacking;
    }
  }

  /// Each file under its own path, in versions that `*.dvc` files and `dvc.lock` record. The run
  /// cache has no place there.
  record ByPath(Pipeline pipeline, RemoteSession session, ObjectVersions versions, PathFiles files)
      implements Layout {
    @Override
    public Result push(Collection<UsedData> used, boolean runs) throws IOException {
      return new VersionedPush(pipeline, session, versions, files).run(used);
    }

    @Override
    public void requirePushable(CommitSelection revisions) {
      if (!revisions.isNone()) {
        throw new PipelineException(
            "remote '%s' is cloud versioned: `push` records versions in files of the workspace, so it takes the data of no other revisions; check them out, and push from there"
                .formatted(session.remote().name()));
      }
    }

    @Override
    public Result fetch(Collection<UsedData> used, boolean runs) throws IOException {
      return into(pipeline.repository().cacheRoot(), pipeline.cache()).run(used);
    }

    private VersionedFetch into(Path cacheRoot, ContentCache cache) {
      return new VersionedFetch(cacheRoot, cache, session, versions, files);
    }

    @Override
    public void fetchInto(Path cacheRoot, Set<Hash> contents) throws IOException {
      into(cacheRoot, new ContentCache(cacheRoot)).run(all(), contents);
    }

    private List<UsedData> all() throws IOException {
      return new DataSelection(pipeline, Selection.WORKSPACE, _ -> {}).find();
    }

    /// As DVC has it, a directory has no version.
    @Override
    public String url(Hash content, String path) throws IOException {
      var version =
          files.of(all()).stream()
              .filter(file -> file.path().equals(path))
              .findFirst()
              .flatMap(PathFile::id);
      return session.remote().url(path) + version.map(id -> "?versionId=" + id).orElse("");
    }

    @Override
    public void fetchListings(Collection<UsedData> directories) throws IOException {
      for (var directory : directories) {
        pipeline.cache().addListing(directory.content());
      }
    }

    @Override
    public void compare(Collection<UsedData> used, Map<String, Difference> found)
        throws IOException {
      new VersionedComparison(pipeline.cache(), session.remote(), versions, files).run(used, found);
    }

    /// What is recorded is taken to be there, as with DVC.
    @Override
    public Set<Hash> lacking(Set<Hash> contents, Collection<UsedData> used) throws IOException {
      var lacking = new LinkedHashSet<>(contents);
      for (var data : used) {
        var all = files.of(Set.of(data));
        all.stream()
            .filter(file -> file.id().isPresent())
            .map(PathFile::hash)
            .forEach(lacking::remove);
        if (!all.isEmpty() && all.stream().allMatch(file -> file.id().isPresent())) {
          lacking.remove(data.content().hash());
        }
      }
      return lacking;
    }
  }
}
