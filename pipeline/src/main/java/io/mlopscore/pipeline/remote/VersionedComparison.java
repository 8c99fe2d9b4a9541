package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.storage.ObjectVersions;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;

/// Tells how the cache and the recorded versions of a cloud versioned remote differ.
record VersionedComparison(
    ContentCache cache, Remote remote, ObjectVersions versions, PathFiles files) {

  void run(Collection<UsedData> used, Map<String, Difference> found) throws IOException {
    files.unknown(used).forEach(listing -> found.put(listing.name(), Difference.MISSING));
    var all = files.of(used);
    var parallel = new Parallel(remote.jobs());
    var here = new HashSet<>(parallel.filter(all, file -> cache.contains(file.hash())));
    var search = new VersionSearch(remote, versions);
    var there = new HashSet<>(parallel.filter(all, search::hasRecorded));
    for (var file : all) {
      if (!there.contains(file)) {
        found.put(file.name(), here.contains(file) ? Difference.NEW : Difference.MISSING);
      } else if (!here.contains(file)) {
        found.put(file.name(), Difference.DELETED);
      }
    }
  }
}
