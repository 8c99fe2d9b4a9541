package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.VersionRecords;
import io.mlopscore.pipeline.VersionedFile;
import io.mlopscore.pipeline.Versions.OfFile;
import io.mlopscore.pipeline.Versions.OfFiles;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Copies files to a cloud versioned remote, each under its own path, and records the versions.
///
/// The versions of what arrived are recorded though other files fail. What arrived and could not be
/// recorded, since the process was killed, is found again by its content.
record VersionedPush(
    Pipeline pipeline, RemoteSession session, ObjectVersions versions, PathFiles files) {

  Result run(Collection<UsedData> used) throws IOException {
    requireVersions();
    session.progress().begin("Collecting", 0);
    var search = new VersionSearch(session.remote(), versions);
    new Parallel(session.remote().jobs()).forEach(files.of(used), search::look);
    var here = here(search.absent());
    session.progress().begin("Pushing", here.size());
    var upload = new VersionedUpload(pipeline.cache(), session, versions, here);
    var report =
        new Transfer(upload, session.remote().jobs(), session.progress()).run(here.keySet());
    var known = new HashMap<>(search.found());
    known.putAll(upload.sent());
    var written = new VersionRecords(pipeline, contents(used, known)).write();
    return result(report, here, missing(used, search.absent(), here), written);
  }

  /// Asked first: an object without versions would be lost when the next one is put.
  private void requireVersions() throws IOException {
    if (!versions.areKept()) {
      throw noVersions(session.remote());
    }
  }

  static PipelineException noVersions(Remote remote) {
    return new PipelineException(
        "remote '%s': the bucket of %s keeps no versions; turn on its versioning, or turn off `version_aware`"
            .formatted(remote.name(), remote.url()));
  }

  private Map<StoredObject, PathFile> here(Collection<PathFile> absent) throws IOException {
    var here = new LinkedHashMap<StoredObject, PathFile>();
    new Parallel(session.remote().jobs())
        .filter(absent, file -> pipeline.cache().contains(file.hash()))
        .forEach(file -> here.put(file.target(), file));
    return here;
  }

  private Set<StoredObject> missing(
      Collection<UsedData> used, Collection<PathFile> absent, Map<StoredObject, PathFile> here)
      throws IOException {
    var missing = new LinkedHashSet<>(files.unknown(used));
    absent.stream()
        .filter(file -> !here.containsKey(file.target()))
        .forEach(file -> missing.add(file.object()));
    return missing;
  }

  /// What to record: of data that was never pushed and could not be now, nothing.
  private Map<Path, Tracked> contents(Collection<UsedData> used, Map<String, VersionedFile> known)
      throws IOException {
    var contents = new HashMap<Path, Tracked>();
    for (var data : used) {
      var content = data.isDirectory() ? directory(data, known) : file(data, known);
      content.ifPresent(now -> contents.put(data.output().file(), now));
    }
    return contents;
  }

  /// DVC forgets here that a file can be executed.
  private Optional<Tracked> file(UsedData data, Map<String, VersionedFile> known) {
    var now = known.get(data.path());
    if (now == null) {
      return Optional.of(data.content()).filter(content -> content.versions() instanceof OfFile);
    }
    return now.version()
        .map(version -> new Tracked(now.hash(), now.size(), 0, false, new OfFile(version)));
  }

  private Optional<Tracked> directory(UsedData data, Map<String, VersionedFile> known)
      throws IOException {
    var before = files.files(data);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    var now = new HashMap<String, VersionedFile>();
    before
        .get()
        .files()
        .forEach((path, file) -> now.put(path, known.getOrDefault(data.path() + "/" + path, file)));
    return now.values().stream().anyMatch(file -> file.version().isPresent())
        ? Optional.of(data.content().with(OfFiles.of(now)))
        : Optional.empty();
  }

  private static Result result(
      Transfer.Report report,
      Map<StoredObject, PathFile> here,
      Set<StoredObject> missing,
      Set<Path> written) {
    var gone = new LinkedHashSet<>(missing);
    report.absent().forEach(target -> gone.add(object(here, target)));
    List<FailedObject> failed =
        report.failed().stream()
            .map(failure -> new FailedObject(object(here, failure.object()), failure.reason()))
            .toList();
    return new Result(report.moved().size(), gone, failed, report.untried(), written);
  }

  private static StoredObject object(Map<StoredObject, PathFile> here, StoredObject target) {
    return Optional.ofNullable(here.get(target)).orElseThrow().object();
  }
}
