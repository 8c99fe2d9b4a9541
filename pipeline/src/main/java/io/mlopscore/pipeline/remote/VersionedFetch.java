package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Copies the recorded versions of files from a cloud versioned remote.
///
/// @param cacheRoot where they go
/// @param cache the same
record VersionedFetch(
    Path cacheRoot,
    ContentCache cache,
    RemoteSession session,
    ObjectVersions versions,
    PathFiles files) {

  Result run(Collection<UsedData> used) throws IOException {
    session.progress().begin("Collecting", 0);
    for (var data : used) {
      cache.addListing(data.content());
    }
    var absent =
        new Parallel(session.remote().jobs())
            .filter(files.of(used), file -> !cache.contains(file.hash()));
    var wanted = wanted(absent);
    return result(download(wanted), wanted, missing(used, absent, wanted));
  }

  /// Those of some contents that are recorded in versions; what cannot be had stays away.
  void run(Collection<UsedData> used, Set<Hash> contents) throws IOException {
    for (var data : used) {
      if (contents.contains(data.content().hash())) {
        cache.addListing(data.content());
      }
    }
    var meant = files.of(used);
    meant.removeIf(file -> !contents.contains(file.hash()));
    download(wanted(meant));
  }

  private Transfer.Report download(Map<StoredObject, PathFile> wanted) throws IOException {
    var remote = session.remote();
    session.progress().begin("Fetching", wanted.size());
    var source = new Source(remote, versions, wanted);
    var download = new Download(cacheRoot, remote.checked(), session.progress(), source);
    return new Transfer(download, remote.jobs(), session.progress()).run(wanted.keySet());
  }

  /// Each content once, whichever path has it.
  private static Map<StoredObject, PathFile> wanted(Collection<PathFile> absent) {
    var wanted = new LinkedHashMap<StoredObject, PathFile>();
    for (var file : absent) {
      if (file.id().isPresent()) {
        wanted.putIfAbsent(file.object(), file);
      }
    }
    return wanted;
  }

  /// What was never pushed.
  private Set<StoredObject> missing(
      Collection<UsedData> used, Collection<PathFile> absent, Map<StoredObject, PathFile> wanted)
      throws IOException {
    var missing = new LinkedHashSet<>(files.unknown(used));
    absent.stream().map(PathFile::object).forEach(missing::add);
    missing.removeAll(wanted.keySet());
    return missing;
  }

  /// A version that is recorded was promised.
  private Result result(
      Transfer.Report report, Map<StoredObject, PathFile> wanted, Set<StoredObject> missing) {
    var failed = new ArrayList<>(report.failed());
    for (var lost : report.absent()) {
      failed.add(new FailedObject(lost, file(wanted, lost).lostBy(session.remote())));
    }
    return new Result(report.moved().size(), missing, failed, report.untried());
  }

  private static PathFile file(Map<StoredObject, PathFile> wanted, StoredObject object) {
    return Optional.ofNullable(wanted.get(object)).orElseThrow();
  }

  /// The versions of the remote.
  private record Source(Remote remote, ObjectVersions versions, Map<StoredObject, PathFile> wanted)
      implements Download.Source {
    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
      var file = file(wanted, object);
      return versions.open(remote.prefix() + file.path(), file.id().orElseThrow(), from);
    }

    @Override
    public String mismatch(StoredObject object) {
      return "remote '%s': version %s has not the bytes that are recorded"
          .formatted(remote.name(), file(wanted, object).id().orElse(""));
    }
  }
}
