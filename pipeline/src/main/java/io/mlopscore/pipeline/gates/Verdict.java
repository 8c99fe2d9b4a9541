package io.mlopscore.pipeline.gates;

import java.util.List;
import java.util.Optional;

/// What a gate says of a metric.
///
/// @param before what it was compared with; empty when there was nothing
/// @param now empty when it was not measured
/// @param breaches what is wrong, one text for each; empty when it is let through
public record Verdict(
    Gate gate, Optional<Double> before, Optional<Double> now, List<String> breaches) {
  public Verdict {
    breaches = List.copyOf(breaches);
  }

  public boolean passed() {
    return breaches.isEmpty();
  }

  /// Whether a limit on how much worse it may be found nothing to compare with.
  public boolean lacksComparison() {
    return gate.maxDrop().isPresent() && before.filter(Double::isFinite).isEmpty();
  }
}
