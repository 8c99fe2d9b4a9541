package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.HeldDirectories;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Repository;
import java.nio.charset.StandardCharsets;

/// A remote, what is known of it, and who watches.
///
/// @param known what it was seen to have complete
/// @param held the same of a remote that is a directory, which is not asked but looked at
record RemoteSession(Remote remote, KnownListings known, HeldDirectories held, Progress progress) {

  /// @param repository whose private files tell what is known
  static RemoteSession of(Repository repository, Remote remote, Progress progress) {
    var folder = repository.own().resolve("remotes");
    var name = Md5.of(remote.url().getBytes(StandardCharsets.UTF_8));
    var held = new HeldDirectories(folder.resolve(name + ".held"));
    return new RemoteSession(remote, KnownListings.open(folder, remote.url()), held, progress);
  }

  Presence presence() {
    return new Presence(remote, known, remote.jobs());
  }
}
