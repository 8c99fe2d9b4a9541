package io.mlopscore.tracking.events;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Knows the experiment of a run, and remembers it: it never becomes another. Readers ask, so that
/// writers need not.
public final class ExperimentOfRun implements UnaryOperator<String> {
  private static final int MOST = 10_000;

  private final TrackingStore store;
  private final Map<String, String> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  public ExperimentOfRun(TrackingStore store) {
    this.store = store;
  }

  @Override
  public String apply(String runId) {
    synchronized (known) {
      var experiment = known.get(runId);
      if (experiment != null) {
        return experiment;
      }
    }
    var experiment = read(runId);
    synchronized (known) {
      known.put(runId, experiment);
    }
    return experiment;
  }

  private String read(String runId) {
    try {
      return store.run(runId).info().experimentId();
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
        return ""; // gone since: nobody waits for news of it
      }
      throw e;
    }
  }
}
