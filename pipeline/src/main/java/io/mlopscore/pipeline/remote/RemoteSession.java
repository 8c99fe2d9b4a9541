package io.mlopscore.pipeline.remote;

/// A remote, what is known of it, and who watches.
record RemoteSession(Remote remote, KnownListings known, Progress progress) {
  Presence presence() {
    return new Presence(remote, known, remote.jobs());
  }
}
