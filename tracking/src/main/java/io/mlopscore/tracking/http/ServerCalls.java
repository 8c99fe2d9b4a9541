package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.Tracking;
import java.util.Map;

/// What a client asks a server about itself before it chooses how to go on.
record ServerCalls(Artifacts artifacts, ServedCalls served) {
  Map<String, Rpc> table() {
    return Map.of("GET server-info", _ -> info());
  }

  private ObjectNode info() {
    var info =
        Messages.empty()
            .put("store_type", "SqlStore")
            .put("workspaces_enabled", false)
            .put("trace_archival_enabled", false)
            .put("multipart_uploads_enabled", signs())
            .put("multipart_downloads_enabled", signs())
            .put("presigned_upload_run_id_supported", true)
            .put("presigned_upload_model_id_supported", true);
    info.putObject("features_enabled").put("gateway", false);
    return info;
  }

  /// Whether clients can move parts of a file to and from the place behind the proxy.
  private boolean signs() {
    return served.hasProxy()
        && artifacts.repository(Tracking.ARTIFACT_ROOT).signed("any").isPresent();
  }
}
