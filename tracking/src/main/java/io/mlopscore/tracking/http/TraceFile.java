package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.storage.Attachment;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.traces.SpanContent;
import io.mlopscore.tracking.traces.TraceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `get-trace-artifact`: the spans of a trace as the file `traces.json`, wherever they are kept,
/// and what programs attached to them.
record TraceFile(Tracking tracking, MemoryBudget answers) {
  private static final String NAME = "traces.json";
  private static final long BYTES = 4 << 20;
  private static final Pattern ATTACHMENT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  static String id(ServerRequest request) {
    return request
        .query()
        .first("request_id")
        .filter(id -> !id.isEmpty())
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.BAD_REQUEST,
                    "Request must include the \"request_id\" query parameter."));
  }

  void send(ServerRequest request, ServerResponse response) throws IOException {
    var id = id(request);
    var attachment = request.query().first("path").orElse("");
    if (!attachment.isEmpty()) {
      send(tracking.traces().traceInfo(id), attachment(attachment), request, response);
      return;
    }
    var info = tracking.traces().traceInfo(id);
    if (info.hasSpansInStore()) {
      sendSpans(id, response);
    } else {
      send(info, NAME, request, response);
    }
  }

  private static String attachment(String path) {
    if (!ATTACHMENT.matcher(path).matches()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid attachment path: '" + path + "'. Attachment path must be a valid UUID.");
    }
    return "attachments/" + path;
  }

  private void send(TraceInfo info, String path, ServerRequest request, ServerResponse response)
      throws IOException {
    var root = info.tags().getOrDefault(TraceInfo.ARTIFACT_LOCATION, "");
    if (root.isEmpty()) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST, "Trace '" + info.traceId() + "' has no artifacts.");
    }
    new ArtifactFile(tracking.artifacts().repository(root), path).send(request, response);
  }

  /// Also of a trace that goes on.
  private void sendSpans(String id, ServerResponse response) {
    try (var _ = answers.take(BYTES)) {
      var spans =
          tracking.traces().trace(id, true).spans().stream()
              .map(SpanContent::write)
              .collect(Collectors.joining(",", "{\"spans\":[", "]}"));
      var headers = response.headers();
      headers.set(HeaderNames.CONTENT_TYPE, MediaType.of(NAME));
      headers.set(HeaderNames.CONTENT_DISPOSITION, Attachment.disposition(NAME));
      headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
      response.send(spans.getBytes(StandardCharsets.UTF_8));
    }
  }
}
