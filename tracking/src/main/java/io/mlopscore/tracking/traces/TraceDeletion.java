package io.mlopscore.tracking.traces;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which traces of an experiment to delete.
public sealed interface TraceDeletion {
  /// The oldest first.
  ///
  /// @param maxTimestamp the last that may go, in milliseconds since the epoch
  /// @param maxTraces how many may go at most; null for all
  record UpTo(long maxTimestamp, @Nullable Integer maxTraces) implements TraceDeletion {
    public UpTo {
      if (maxTraces != null && maxTraces <= 0) {
        throw refused("`max_traces` must be a positive integer, received " + maxTraces + ".");
      }
    }
  }

  /// Those with an id.
  record Named(List<String> traceIds) implements TraceDeletion {
    public Named {
      traceIds = List.copyOf(traceIds);
    }
  }

  /// @throws TrackingException unless exactly one way of choosing is given
  static TraceDeletion of(
      @Nullable Long maxTimestamp, @Nullable Integer maxTraces, List<String> traceIds) {
    if (maxTimestamp == null && traceIds.isEmpty()) {
      throw refused("Either `max_timestamp_millis` or `trace_ids` must be specified.");
    }
    if (maxTimestamp != null && !traceIds.isEmpty()) {
      throw refused("Only one of `max_timestamp_millis` and `trace_ids` can be specified.");
    }
    if (maxTraces != null && !traceIds.isEmpty()) {
      throw refused("`max_traces` can't be specified if `trace_ids` is specified.");
    }
    return maxTimestamp == null ? new Named(traceIds) : new UpTo(maxTimestamp, maxTraces);
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
