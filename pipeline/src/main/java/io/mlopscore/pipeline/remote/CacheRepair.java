package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.remote.Inspection.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Puts right what is wrong in the cache. The right bytes are there before the wrong ones go, and
/// these go only when the remote said that it has none.
record CacheRepair(Path cacheRoot, Holding holding, Progress progress) {
  /// Repairs what a remote has.
  ///
  /// @return what became of objects, by key; those that are left as they are, are left out
  Map<String, RepairOutcome> from(Remote remote, Collection<Wrong> wrong) throws IOException {
    var objects = wrong.stream().map(Wrong::object).toList();
    progress.begin("Fetching", objects.size());
    var report =
        new Transfer(new Download(cacheRoot, remote.checked(), progress), remote.jobs(), progress)
            .run(objects);
    var outcomes = new HashMap<String, RepairOutcome>();
    report.moved().forEach(object -> outcomes.put(object.key(), RepairOutcome.REPAIRED));
    drop(wrong, report.absent(), outcomes);
    return outcomes;
  }

  /// Drops what is damaged, where there is no remote that could have the right bytes.
  Map<String, RepairOutcome> alone(Collection<Wrong> wrong) throws IOException {
    var outcomes = new HashMap<String, RepairOutcome>();
    var all = new HashSet<StoredObject>();
    wrong.forEach(found -> all.add(found.object()));
    drop(wrong, all, outcomes);
    return outcomes;
  }

  private void drop(
      Collection<Wrong> wrong, Set<StoredObject> nowhere, Map<String, RepairOutcome> outcomes)
      throws IOException {
    for (var found : wrong) {
      if (found.fault() == IntegrityFault.DAMAGED && nowhere.contains(found.object())) {
        holding.delete(found.object().key());
        outcomes.put(found.object().key(), RepairOutcome.DROPPED);
      }
    }
  }
}
