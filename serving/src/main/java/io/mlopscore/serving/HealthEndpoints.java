package io.mlopscore.serving;

import io.helidon.http.Status;
import java.util.function.BooleanSupplier;

/// Is it alive, is it ready, is it well: three questions with three answers.
final class HealthEndpoints {
  private static final String API_VERSION = "1.0.0";
  private static final byte[] ALIVE = Json.object(out -> out.writeStringField("status", "alive"));

  private final LiveModel live;
  private final ModelWatcher watcher;
  private final BooleanSupplier draining;

  HealthEndpoints(LiveModel live, ModelWatcher watcher, BooleanSupplier draining) {
    this.live = live;
    this.watcher = watcher;
    this.draining = draining;
  }

  /// As in the original service: always 200, the body says more.
  Reply health() {
    var loaded = live.release().isPresent();
    return Reply.json(
        Json.object(
            out -> {
              out.writeStringField("status", loaded ? "healthy" : "unhealthy");
              out.writeBooleanField("model_loaded", loaded);
              out.writeStringField("version", API_VERSION);
            }));
  }

  /// The process answers; if not, restart it.
  static Reply alive() {
    return Reply.json(ALIVE);
  }

  /// Predictions will be answered; if not (503), send them elsewhere.
  Reply ready() {
    var release = live.release();
    var status = draining.getAsBoolean() ? "stopping" : release.isPresent() ? "ready" : "no model";
    var body =
        Json.object(
            out -> {
              out.writeStringField("status", status);
              if (release.isPresent()) {
                out.writeStringField("model", release.get().name());
                out.writeStringField("model_version", release.get().version());
              }
              var remembered = watcher.remembered();
              if (remembered.isPresent()) {
                out.writeStringField("remembered_at", remembered.get().recorded().toString());
              }
              var refusal = watcher.refusal();
              if (refusal.isPresent()) {
                out.writeStringField("refused_version", refusal.get().version().orElse("unknown"));
              }
            });
    return status.equals("ready")
        ? Reply.json(body)
        : Reply.problem(Status.SERVICE_UNAVAILABLE_503, "not_ready", body);
  }
}
