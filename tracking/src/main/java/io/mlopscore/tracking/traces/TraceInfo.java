package io.mlopscore.tracking.traces;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a trace without its spans.
///
/// @param traceId such as `tr-7c9e92b81b27bafe77d621bd900006d4`
/// @param requestTime when it began, in milliseconds since the epoch
/// @param executionDuration in milliseconds; null while it runs
/// @param clientRequestId what the traced program calls the request
/// @param metadata what the traced program said of it, which does not change afterwards
/// @param tags which may change
public record TraceInfo(
    String traceId,
    String experimentId,
    long requestTime,
    @Nullable Long executionDuration,
    TraceState state,
    @Nullable String clientRequestId,
    @Nullable String requestPreview,
    @Nullable String responsePreview,
    Map<String, String> metadata,
    Map<String, String> tags,
    List<Assessment> assessments) {
  /// The tag that holds the name of the trace.
  public static final String NAME = "mlflow.traceName";

  /// The tag that says where the spans are; see [#IN_STORE].
  public static final String SPANS_LOCATION = "mlflow.trace.spansLocation";

  /// The spans are in the tracking store, not in an artifact.
  public static final String IN_STORE = "TRACKING_STORE";

  /// The tag with the URI below which artifacts of the trace are kept.
  public static final String ARTIFACT_LOCATION = "mlflow.artifactLocation";

  /// Metadata: the conversation that the trace is a part of.
  public static final String SESSION = "mlflow.trace.session";

  /// Metadata: the run in which the traced program ran.
  public static final String SOURCE_RUN = "mlflow.sourceRun";

  /// Metadata: counts of tokens, as JSON.
  public static final String TOKEN_USAGE = "mlflow.trace.tokenUsage";

  /// Metadata: costs in US dollars, as JSON.
  public static final String COST = "mlflow.trace.cost";

  /// Metadata: how many spans there are and how large, as JSON.
  public static final String SIZE_STATS = "mlflow.trace.sizeStats";

  public TraceInfo {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    assessments = List.copyOf(assessments);
  }

  /// Whether the spans are in the tracking store.
  public boolean hasSpansInStore() {
    return IN_STORE.equals(tags.get(SPANS_LOCATION));
  }
}
