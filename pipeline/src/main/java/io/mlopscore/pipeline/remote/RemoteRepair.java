package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.Inspection.Wrong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts right what is wrong at a remote: what the cache has is sent again. Of what it has not, the
/// damaged bytes go, and before them the listings that name them, which would vouch for what is not
/// there; the cache keeps those.
final class RemoteRepair {
  private final ContentCache cache;
  private final Path cacheRoot;
  private final Holding holding;
  private final Remote remote;
  private final Progress progress;

  RemoteRepair(
      ContentCache cache, Path cacheRoot, Holding holding, Remote remote, Progress progress) {
    this.cache = cache;
    this.cacheRoot = cacheRoot;
    this.holding = holding;
    this.remote = remote;
    this.progress = progress;
  }

  /// @return what became of objects, by key; those that are left as they are, are left out
  Map<String, RepairOutcome> run(Collection<Wrong> wrong) throws IOException {
    var here = new ArrayList<StoredObject>();
    var nowhere = new ArrayList<StoredObject>();
    for (var found : wrong) {
      if (cache.contains(found.object().content())) {
        here.add(found.object());
      } else if (found.fault() == IntegrityFault.DAMAGED) {
        nowhere.add(found.object());
      }
    }
    progress.begin("Pushing", here.size());
    var sent =
        new Transfer(new Upload(cacheRoot, remote, progress), remote.jobs(), progress).run(here);
    var outcomes = new HashMap<String, RepairOutcome>();
    sent.moved().forEach(object -> outcomes.put(object.key(), RepairOutcome.REPAIRED));
    drop(nowhere, outcomes);
    return outcomes;
  }

  private void drop(List<StoredObject> nowhere, Map<String, RepairOutcome> outcomes)
      throws IOException {
    if (nowhere.isEmpty()) {
      return;
    }
    for (var listing : listings(nowhere).entrySet()) {
      if (nowhere.stream().anyMatch(object -> isNamed(object, listing))) {
        keep(listing.getKey());
        holding.delete(listing.getKey().key());
      }
    }
    for (var object : nowhere) {
      holding.delete(object.key());
      outcomes.put(object.key(), RepairOutcome.DROPPED);
    }
  }

  /// All listings of the remote but damaged ones.
  ///
  /// @throws IOException when one cannot be read: it may name what is to be dropped
  private Map<StoredObject, String> listings(List<StoredObject> damaged) throws IOException {
    var texts = new LinkedHashMap<StoredObject, String>();
    for (var kept : holding.objects()) {
      var object = kept.object();
      if (object.isListing() && !damaged.contains(object)) {
        holding.attempts().run(() -> texts.put(object, text(object)));
      }
    }
    return texts;
  }

  private String text(StoredObject listing) throws IOException {
    try (var in = holding.open(listing.key())) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static boolean isNamed(StoredObject object, Map.Entry<StoredObject, String> listing) {
    return object.isLegacy() == listing.getKey().isLegacy()
        && listing.getValue().contains('"' + object.hash() + '"');
  }

  private void keep(StoredObject listing) throws IOException {
    if (!cache.contains(listing.content())) {
      try {
        new Download(cacheRoot, remote.checked(), progress).move(listing);
      } catch (PipelineException e) {
        throw new IOException(listing.key() + " is not dropped, as it cannot be kept here", e);
      }
    }
  }
}
