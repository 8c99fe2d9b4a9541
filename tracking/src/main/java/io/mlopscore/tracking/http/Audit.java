package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.auth.AuditLog;
import io.mlopscore.tracking.auth.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells the audit log of writes. Of what a caller sends, only what names things is told, never the
/// values of params, tags and metrics, and no password.
///
/// @param log null for none
public record Audit(@Nullable AuditLog log, Callers callers) {
  private static final List<String> NAMES =
      List.of(
          "experiment_id",
          "run_id",
          "run_uuid",
          "model_id",
          "name",
          "new_name",
          "version",
          "stage",
          "alias",
          "key",
          "webhook_id",
          "trace_id",
          "request_id",
          "username",
          "is_admin",
          "role_id",
          "role_permission_id",
          "resource_type",
          "resource_id",
          "resource_pattern",
          "permission");

  private static final int LONGEST = 500;

  /// @throws io.mlopscore.tracking.TrackingException if the log cannot be written
  void check() {
    if (log != null) {
      log.check();
    }
  }

  /// @param ids what the write is about
  public void tell(ServerRequest request, String call, Map<String, Object> ids, int status) {
    if (log == null) {
      return;
    }
    var line = new LinkedHashMap<String, Object>();
    var caller = Optional.ofNullable(request.context().get(Caller.class).orElse(null));
    line.put("user", caller.map(known -> known.user().name()).orElse(""));
    line.put("by", caller.map(Caller::how).orElse("nobody"));
    line.put("from", callers.address(request));
    line.put("call", call);
    line.putAll(ids);
    line.put("status", status);
    log.write(line);
  }

  static Map<String, Object> ids(JsonNode fields) {
    var ids = new LinkedHashMap<String, Object>();
    for (var name : NAMES) {
      var value = fields.path(name);
      if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
        ids.put(name, cut(value.asText()));
      }
    }
    return ids;
  }

  static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
