package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Copies data to a remote: files first, and the listing of a directory when all its files are
/// there, since whoever finds a listing takes the files for granted.
record Push(Path cacheRoot, ContentCache cache, RemoteSession session) {

  Result run(Collection<UsedData> all, boolean runs) throws IOException {
    var progress = session.progress();
    progress.begin("Collecting", 0);
    var state = session.remote().state();
    var used = all.stream().filter(data -> !session.held().has(data.content(), state)).toList();
    var needed = UsedData.needed(used, cache);
    if (runs) {
      needed = new Needed(needed.directories(), withRuns(needed.loose()));
    }
    var present = present(needed);
    var absent = needed.objects();
    absent.removeAll(present);
    if (absent.isEmpty()) {
      remember(used, state);
    }
    var here = new LinkedHashSet<>(new Parallel(session.remote().jobs()).filter(absent, this::has));
    var missing = new LinkedHashSet<>(absent);
    missing.removeAll(here);
    progress.begin("Pushing", here.size());
    var there = new HashSet<>(present);
    var files = upload(here.stream().filter(object -> !object.isListing()).toList());
    there.addAll(files.moved());
    var report = files.and(upload(complete(needed, here, there)));
    remember(needed, there, report);
    return result(report, missing);
  }

  /// Nothing was lacking. Of a directory whose listing the cache lacks, nobody knows the files.
  private void remember(Collection<UsedData> used, OptionalLong state) throws IOException {
    for (var data : used) {
      if (data.isWhole() && cache.contains(data.content().hash())) {
        session.held().add(data.content(), state);
      }
    }
    session.held().save();
  }

  /// Of a web server that cannot be reached nothing is known: the uploads tell, object by object.
  private Set<StoredObject> present(Needed needed) throws IOException {
    try {
      return session.presence().of(needed);
    } catch (ConnectException e) {
      if (session.remote().listable()) {
        throw e;
      }
      return Set.of();
    }
  }

  private List<StoredObject> withRuns(List<StoredObject> loose) throws IOException {
    var all = new ArrayList<>(loose);
    all.addAll(RunEntries.in(cacheRoot));
    return all;
  }

  private boolean has(StoredObject object) throws IOException {
    return object.isRun()
        ? Files.exists(cacheRoot.resolve(object.key()))
        : cache.contains(object.content());
  }

  private Transfer.Report upload(Collection<StoredObject> objects) throws IOException {
    var mover = new Upload(cacheRoot, session.remote(), session.progress());
    return new Transfer(mover, session.remote().jobs(), session.progress()).run(objects);
  }

  /// Listings to upload: those whose files the remote has all by now.
  private static List<StoredObject> complete(
      Needed needed, Set<StoredObject> here, Set<StoredObject> there) {
    var complete = new LinkedHashSet<StoredObject>();
    for (var directory : needed.directories()) {
      if (directory.whole()
          && here.contains(directory.listing())
          && there.containsAll(directory.files())) {
        complete.add(directory.listing());
      }
    }
    return List.copyOf(complete);
  }

  private void remember(Needed needed, Set<StoredObject> there, Transfer.Report report)
      throws IOException {
    for (var directory : needed.directories()) {
      if (report.moved().contains(directory.listing()) && there.containsAll(directory.files())) {
        session.known().add(directory.listing());
      }
    }
    session.known().save();
  }

  private static Result result(Transfer.Report report, Set<StoredObject> missing) {
    var gone = new LinkedHashSet<>(missing);
    gone.addAll(report.absent());
    return new Result(report.moved().size(), gone, report.failed(), report.untried());
  }
}
