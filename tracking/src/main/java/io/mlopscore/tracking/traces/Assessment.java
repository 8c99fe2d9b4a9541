package io.mlopscore.tracking.traces;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person, a judge or a program says of a trace or of one of its spans.
///
/// @param id empty for one that is not stored yet
/// @param name what is assessed, such as `correctness`
/// @param createTime milliseconds since the epoch
/// @param lastUpdateTime milliseconds since the epoch
/// @param runId the run in which it was made
/// @param spanId the span that it is about; null for the whole trace
/// @param overrides the assessment that this one replaces
/// @param valid whether no other has replaced it
public record Assessment(
    String id,
    String traceId,
    String name,
    Value value,
    Source source,
    long createTime,
    long lastUpdateTime,
    @Nullable String runId,
    @Nullable String spanId,
    @Nullable String rationale,
    @Nullable String overrides,
    boolean valid,
    Map<String, String> metadata) {
  /// Metadata: the run in which it was made.
  public static final String SOURCE_RUN = "mlflow.assessment.sourceRunId";

  public Assessment {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// Who says it.
  ///
  /// @param type HUMAN, LLM_JUDGE or CODE
  public record Source(String type, @Nullable String id) {}

  /// What is said.
  public sealed interface Value {
    /// A judgement.
    ///
    /// @param json any JSON
    /// @param error why there is none
    record Feedback(String json, @Nullable Failure error) implements Value {}

    /// What the right answer would have been.
    ///
    /// @param json any JSON
    record Expectation(String json) implements Value {}

    /// A known problem that shows here; the name of the assessment is its id.
    record Issue(String issueName) implements Value {}

    /// MLflow's word for the kind.
    default String type() {
      return switch (this) {
        case Feedback _ -> "feedback";
        case Expectation _ -> "expectation";
        case Issue _ -> "issue";
      };
    }
  }

  /// Why a judgement could not be made.
  public record Failure(String code, @Nullable String message, @Nullable String stackTrace) {}
}
