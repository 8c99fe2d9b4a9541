package io.mlopscore.serving;

import java.time.Duration;

/// The keys that open the API at the moment. A file of keys is read again now and then, so that
/// keys come and go without a restart. One that cannot be read or has no key left changes nothing:
/// better an old key than an open door.
final class KeyRing implements AutoCloseable {
  private final KeySource source;
  private final ServingLog log;
  private final Watch watch;
  private volatile ApiKeys keys;
  private String told = "";

  /// @param interval how long to wait between two looks
  KeyRing(KeySource source, ServingLog log, Duration interval) {
    this.source = source;
    this.log = log;
    this.keys = source.read();
    this.watch = new Watch("key-ring", interval, this::check);
  }

  ApiKeys keys() {
    return keys;
  }

  void start() {
    if (source.file().isPresent()) {
      watch.start();
    }
  }

  /// Looks once.
  synchronized void check() {
    try {
      var found = source.read();
      if (!found.ids().equals(keys.ids())) {
        keys = found;
        told = "";
        log.event(
            ServingLog.Level.INFO,
            "keys_loaded",
            out -> out.writeStringField("keys", String.join(", ", found.ids())));
      }
    } catch (RuntimeException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  /// Said once for each reason, not at every look.
  private void refuse(String reason) {
    if (!reason.equals(told)) {
      told = reason;
      log.event(
          ServingLog.Level.ERROR, "keys_refused", out -> out.writeStringField("reason", reason));
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
