package io.mlopscore.tracking.traces;

import java.util.List;

/// A traced call with all its steps.
///
/// @param spans the root first, the others by their start
public record Trace(TraceInfo info, List<Span> spans) {
  public Trace {
    spans = List.copyOf(spans);
  }
}
