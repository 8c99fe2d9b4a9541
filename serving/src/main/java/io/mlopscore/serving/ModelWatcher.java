package io.mlopscore.serving;

import io.mlopscore.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for a new release now and then, and swaps it in if it is sound. One that is not is
/// refused, once and for all: the model before it keeps serving. One that could not be read is
/// tried again.
final class ModelWatcher implements AutoCloseable {
  private final ModelSource source;
  private final LiveModel live;
  private final ServingLog log;
  private final ServingMetrics metrics;
  private final StandIn standIn;
  private final Watch watch;
  private volatile @Nullable Refusal refusal;
  private @Nullable Release unsound;
  private @Nullable String unkept;

  /// @param interval how long to wait between two looks
  ModelWatcher(
      ModelSource source,
      LiveModel live,
      ServingLog log,
      ServingMetrics metrics,
      Duration interval) {
    this.source = source;
    this.live = live;
    this.log = log;
    this.metrics = metrics;
    this.standIn = new StandIn(source.memory(), live, log, metrics);
    this.watch = new Watch("model-watcher", interval, this::check);
  }

  /// A release that was not swapped in.
  ///
  /// @param version empty if not even that is known
  record Refusal(Optional<String> version, String reason) {}

  void start() {
    watch.start();
  }

  Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// What is served though the source has not said since the start that it should be.
  Optional<RememberedRelease> remembered() {
    return standIn.serving();
  }

  /// Looks once.
  synchronized void check() {
    look();
    keep();
  }

  private void keep() {
    var model = live.acquire();
    if (model == null) {
      return;
    }
    try {
      source.keep(model.folder());
      unkept = null;
    } catch (IOException | RuntimeException e) {
      warn(message(e));
    } finally {
      model.letGo();
    }
  }

  /// Nothing that is served depends on it; said once for each reason.
  private void warn(String reason) {
    if (!reason.equals(unkept)) {
      unkept = reason;
      log.event(
          ServingLog.Level.WARNING,
          "model_cache_not_tidied",
          out -> out.writeStringField("reason", reason));
    }
  }

  private void look() {
    Optional<Release> found;
    try {
      found = source.current();
    } catch (UnreachableException e) {
      standIn.serve(message(e));
      refuse(Optional.empty(), e);
      return;
    } catch (IOException | RuntimeException e) {
      refuse(Optional.empty(), e);
      return;
    }
    if (found.isEmpty()) {
      standIn.withdrawn();
      refuse(Optional.empty(), new IOException("there is no model at " + source.describe()));
    } else {
      follow(found.get());
    }
  }

  private void follow(Release found) {
    if (!isLive(found) && !found.equals(unsound)) {
      load(found);
    }
    if (isLive(found)) {
      refusal = null;
      unsound = null;
      standIn.confirmed();
    }
  }

  private boolean isLive(Release release) {
    return live.release().equals(Optional.of(release));
  }

  private void load(Release release) {
    try {
      var started = System.nanoTime();
      var model = ServedModel.load(release, source.fetch(release));
      live.replace(model);
      metrics.modelLoaded(model, Instant.now());
      log.event(
          ServingLog.Level.INFO,
          "model_loaded",
          out -> {
            out.writeStringField("model", release.name());
            out.writeStringField("model_version", release.version());
            out.writeNumberField("ms", (System.nanoTime() - started) / 1_000_000);
          });
    } catch (IOException | RuntimeException e) {
      unsound = isItsOwnFault(e) ? release : null;
      refuse(Optional.of(release.version()), e);
    }
  }

  /// Whether another try would end the same, as opposed to a disk or a network that may recover.
  private static boolean isItsOwnFault(Exception cause) {
    return cause instanceof ModelException && !(cause.getCause() instanceof IOException);
  }

  /// Said once for each reason, not at every look.
  private void refuse(Optional<String> version, Exception cause) {
    var next = new Refusal(version, message(cause));
    if (next.equals(refusal)) {
      return;
    }
    refusal = next;
    metrics.modelRefused();
    log.event(
        ServingLog.Level.ERROR,
        "model_refused",
        out -> {
          out.writeStringField("model_version", version.orElse("unknown"));
          out.writeStringField("reason", next.reason());
          out.writeStringField("serving", live.release().map(Release::version).orElse("nothing"));
        });
  }

  static String message(Exception cause) {
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    watch.close();
    live.replace(null);
  }
}
