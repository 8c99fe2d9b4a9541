package io.mlopscore.tracking.files;

import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One trace of a file store, as MLflow 2.14 to 2.22 (`request_id`, `timestamp_ms`) or MLflow 3
/// wrote it. Its spans are among its artifacts.
public record TraceFolder(Path folder) {
  private static final String NAME = "trace_info.yaml";
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_SESSION = 250;
  private static final int LONGEST_REQUEST = 50;

  static List<TraceFolder> all(Path folder) {
    return Entries.folders(folder, child -> Files.isRegularFile(child.resolve(NAME))).stream()
        .map(TraceFolder::new)
        .toList();
  }

  /// @param experiment the id of its experiment where it goes to
  public TraceInfo info(long experiment) {
    var meta = MetaFile.read(folder.resolve(NAME));
    var id = meta.text("trace_id").orElseGet(() -> meta.required("request_id"));
    var duration = meta.wholeOrNull("execution_duration_ms");
    return new TraceInfo(
        id,
        Long.toString(experiment),
        meta.text("request_time").isPresent()
            ? meta.timeOr("request_time", 0)
            : meta.wholeOr("timestamp_ms", 0),
        duration == null ? meta.wholeOrNull("execution_time_ms") : duration,
        state(meta),
        cut(meta.textOrNull("client_request_id"), LONGEST_REQUEST),
        meta.textOrNull("request_preview"),
        meta.textOrNull("response_preview"),
        within(
            Entries.values(folder.resolve("request_metadata")), TraceInfo.SESSION, LONGEST_SESSION),
        within(Entries.values(folder.resolve("tags")), TraceInfo.NAME, LONGEST_NAME),
        assessments(id));
  }

  private static TraceState state(MetaFile meta) {
    return switch (meta.text("state").orElseGet(() -> meta.textOr("status", ""))) {
      case "OK" -> TraceState.OK;
      case "ERROR" -> TraceState.ERROR;
      case "IN_PROGRESS" -> TraceState.IN_PROGRESS;
      case String _ -> TraceState.STATE_UNSPECIFIED;
    };
  }

  private List<Assessment> assessments(String trace) {
    return Entries.files(folder.resolve("assessments")).values().stream()
        .filter(file -> file.toString().endsWith(".yaml"))
        .map(file -> new AssessmentFile(file).assessment(trace))
        .toList();
  }

  /// The beginning of a value that a database has less room for than a file, as MLflow cuts it.
  private static Map<String, String> within(Map<String, String> texts, String key, int most) {
    var within = new LinkedHashMap<>(texts);
    within.computeIfPresent(key, (_, text) -> cut(text, most));
    return within;
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }
}
