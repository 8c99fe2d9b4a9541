package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.HeldDirectories;
import io.mlopscore.pipeline.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;

/// Tells how cache and remote differ.
record Comparison(Path cacheRoot, ContentCache cache, HeldDirectories held, RemoteSession session) {

  /// Adds to what was found before: what is missing somewhere outweighs what is new.
  void run(Collection<UsedData> used, Map<String, Difference> found) throws IOException {
    new Fetch(cacheRoot, cache, held, session).fetchListings(used);
    var needed = UsedData.needed(used, cache);
    var present = session.presence().of(needed);
    var objects = needed.objects();
    var parallel = new Parallel(session.remote().jobs());
    var here = new HashSet<>(parallel.filter(objects, object -> cache.contains(object.content())));
    for (var object : objects) {
      boolean there = present.contains(object);
      if (there != here.contains(object)) {
        found.merge(object.name(), there ? Difference.DELETED : Difference.NEW, Comparison::graver);
      } else if (!there) {
        found.merge(object.name(), Difference.MISSING, Comparison::graver);
      }
    }
    session.known().save();
  }

  private static Difference graver(Difference one, Difference other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
