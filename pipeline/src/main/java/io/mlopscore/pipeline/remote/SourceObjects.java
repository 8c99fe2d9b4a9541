package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.ObjectSource;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The contents of another repository: those in a cache of ours, in its own, and those that its
/// remote has, which come to our cache when they are asked for.
final class SourceObjects implements ObjectSource {
  private final Pipeline source;
  private final Path cacheRoot;
  private final ContentCache cache;
  private final Config config;
  private final OptionalInt jobs;
  private final Progress progress;

  /// @param cacheRoot the root of a cache of ours
  /// @param config the settings under which its remotes are found
  SourceObjects(
      Pipeline source, Path cacheRoot, Config config, OptionalInt jobs, Progress progress) {
    this.source = source;
    this.cacheRoot = cacheRoot;
    this.cache = new ContentCache(cacheRoot);
    this.config = config;
    this.jobs = jobs;
    this.progress = progress;
  }

  @Override
  public Optional<Path> find(Hash hash) throws IOException {
    var known = known(hash);
    if (known.isPresent()) {
      return known;
    }
    download(Set.of(hash));
    return known(hash);
  }

  private Optional<Path> known(Hash hash) throws IOException {
    return cache.contains(hash)
        ? Optional.of(cache.object(hash))
        : ObjectSource.of(source.cache()).find(hash);
  }

  /// Gets all that is neither here nor there, several at a time.
  void prepare(Collection<Hash> hashes) throws IOException {
    var missing = new LinkedHashSet<Hash>();
    for (var hash : hashes) {
      if (known(hash).isEmpty()) {
        missing.add(hash);
      }
    }
    download(missing);
  }

  /// What cannot be had stays away; whoever needs it says so.
  private void download(Set<Hash> hashes) throws IOException {
    var name = config.defaultRemote();
    if (hashes.isEmpty() || name.isEmpty()) {
      return;
    }
    try (var opened = new Remotes(config, jobs).open(name.get())) {
      layout(opened).fetchInto(cacheRoot, hashes);
    }
  }

  private Layout layout(Remote opened) {
    return Layout.of(source, RemoteSession.of(source.repository(), opened, progress));
  }

  /// Where a content is kept for others: in the remote, or in the cache where there is none.
  ///
  /// @param path of what has it, from the root
  String url(Hash hash, String path) throws IOException {
    var name = config.defaultRemote();
    if (name.isEmpty()) {
      return source.cache().object(hash).toString();
    }
    try (var opened = new Remotes(config, jobs).open(name.get())) {
      return layout(opened).url(hash, path);
    }
  }
}
