package io.mlopscore.tracking.traces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to change of an assessment; what is null stays.
///
/// @param value of the same kind as before
/// @param metadata is added to what is there
public record AssessmentChange(
    @Nullable String name,
    Assessment.@Nullable Value value,
    @Nullable String rationale,
    Map<String, String> metadata) {
  public AssessmentChange {
    metadata = Map.copyOf(metadata);
  }
}
