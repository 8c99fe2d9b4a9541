package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.HeldDirectories;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Copies data from a remote: the listings of directories first, since they tell the files.
///
/// @param held which directories the cache was seen to hold
record Fetch(Path cacheRoot, ContentCache cache, HeldDirectories held, RemoteSession session) {

  Result run(Collection<UsedData> all, boolean runs) throws IOException {
    session.progress().begin("Collecting", 0);
    var state = cache.folders().state();
    var used = all.stream().filter(data -> !held.has(data.content(), state)).toList();
    var listings = fetchListings(used);
    var needed = UsedData.needed(used, cache);
    var files = needed.files();
    if (runs && session.remote().listable()) {
      files.addAll(RunEntries.at(session.remote()));
    }
    var wanted = absent(files);
    session.progress().begin("Fetching", wanted.size());
    var report = listings.and(download(wanted));
    var result = result(needed, report);
    if (result.equals(Result.NOTHING)) {
      used.stream().filter(UsedData::isWhole).forEach(data -> held.add(data.content(), state));
      held.save();
    }
    return result;
  }

  /// Gets the listings that the cache lacks.
  Transfer.Report fetchListings(Collection<UsedData> used) throws IOException {
    return download(absent(listings(used)));
  }

  private static Set<StoredObject> listings(Collection<UsedData> used) {
    var listings = new LinkedHashSet<StoredObject>();
    used.stream().filter(UsedData::isDirectory).map(UsedData::object).forEach(listings::add);
    return listings;
  }

  private Set<StoredObject> absent(Collection<StoredObject> objects) throws IOException {
    return new LinkedHashSet<>(
        new Parallel(session.remote().jobs()).filter(objects, object -> !has(object)));
  }

  private boolean has(StoredObject object) throws IOException {
    return object.isRun()
        ? Files.exists(cacheRoot.resolve(object.key()))
        : cache.contains(object.content());
  }

  private Transfer.Report download(Collection<StoredObject> objects) throws IOException {
    var mover = new Download(cacheRoot, session.remote(), session.progress());
    return new Transfer(mover, session.remote().jobs(), session.progress()).run(objects);
  }

  /// A file that the remote lacks although it has the listing was promised: that is a failure. What
  /// it never had is only missing.
  private Result result(Needed needed, Transfer.Report report) throws IOException {
    var missing = new LinkedHashSet<>(report.absent());
    var failed = new ArrayList<>(report.failed());
    if (!missing.isEmpty()) {
      for (var lost : promised(needed, missing)) {
        missing.remove(lost);
        failed.add(
            new FailedObject(lost, "remote '%s' lost it".formatted(session.remote().name())));
      }
      session.known().forget();
    }
    return new Result(report.moved().size(), missing, failed, report.untried());
  }

  private Set<StoredObject> promised(Needed needed, Set<StoredObject> missing) throws IOException {
    var broken =
        needed.directories().stream()
            .filter(directory -> directory.files().stream().anyMatch(missing::contains))
            .toList();
    var listings = broken.stream().map(Needed.Directory::listing).distinct().toList();
    var present = session.presence().of(List.copyOf(listings));
    var promised = new LinkedHashSet<StoredObject>();
    for (var directory : broken) {
      if (present.contains(directory.listing())) {
        directory.files().stream().filter(missing::contains).forEach(promised::add);
      }
    }
    return promised;
  }
}
