package io.mlopscore.serving;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was served last, in place of the answer of a source that is out of reach at the start.
/// Whatever goes wrong with it is said and keeps nobody from serving.
final class StandIn {
  private final Optional<ReleaseMemory> memory;
  private final LiveModel live;
  private final ServingLog log;
  private final ServingMetrics metrics;
  private volatile @Nullable RememberedRelease serving;
  private boolean tried;
  private @Nullable String unremembered;

  StandIn(Optional<ReleaseMemory> memory, LiveModel live, ServingLog log, ServingMetrics metrics) {
    this.memory = memory;
    this.live = live;
    this.log = log;
    this.metrics = metrics;
  }

  /// What is served though its source has not said since the start that it should be.
  Optional<RememberedRelease> serving() {
    return Optional.ofNullable(serving);
  }

  /// Serves it if nothing is served. Tried once: another try would end the same.
  ///
  /// @param reason why the source gives no answer
  void serve(String reason) {
    if (memory.isEmpty() || tried || live.release().isPresent()) {
      return;
    }
    tried = true;
    try {
      var remembered = memory.get().recall();
      if (remembered.isPresent()) {
        load(memory.get(), remembered.get(), reason);
      }
    } catch (IOException | RuntimeException e) {
      say(ServingLog.Level.ERROR, "remembered_model_refused", e);
    }
  }

  private void load(ReleaseMemory from, RememberedRelease remembered, String reason)
      throws IOException {
    var release = remembered.release();
    var model = ServedModel.load(release, from.open(remembered));
    live.replace(model);
    serving = remembered;
    metrics.modelLoaded(model, Instant.now());
    metrics.modelRemembered(true);
    log.event(
        ServingLog.Level.WARNING,
        "remembered_model_loaded",
        out -> {
          out.writeStringField("model", release.name());
          out.writeStringField("model_version", release.version());
          out.writeStringField("recorded", remembered.recorded().toString());
          out.writeStringField("reason", reason);
        });
  }

  /// The source says that what is live should be: remembers it for the next start.
  void confirmed() {
    serving = null;
    metrics.modelRemembered(false);
    var model = live.acquire();
    if (model == null) {
      return;
    }
    try {
      change(
          known -> {
            known.remember(model);
          });
    } finally {
      model.letGo();
    }
  }

  /// The source says that there is nothing to serve: what was withdrawn must not come back.
  void withdrawn() {
    change(ReleaseMemory::forget);
  }

  private interface Change {
    void in(ReleaseMemory memory) throws IOException;
  }

  /// Tried again at the next look; said once for each reason.
  private void change(Change change) {
    if (memory.isEmpty()) {
      return;
    }
    try {
      change.in(memory.get());
      unremembered = null;
    } catch (IOException | RuntimeException e) {
      if (!ModelWatcher.message(e).equals(unremembered)) {
        unremembered = ModelWatcher.message(e);
        say(ServingLog.Level.WARNING, "model_not_remembered", e);
      }
    }
  }

  private void say(ServingLog.Level level, String event, Exception cause) {
    log.event(level, event, out -> out.writeStringField("reason", ModelWatcher.message(cause)));
  }
}
