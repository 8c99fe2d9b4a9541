package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.DirectoryListing;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Brings data to a remote that never is as a whole on this machine: a few files at a time are here
/// until their hash is known and they are sent.
///
/// @param scratch a folder that is removed afterwards
record Transit(Remote remote, Path scratch, int jobs, Progress progress) {

  /// The listing of a folder goes last, since whoever finds it takes the files for granted.
  ///
  /// @param name what to call the data in messages
  /// @return what is on the remote now
  Tracked send(UrlSource source, String name) throws IOException {
    try {
      var files = source.files();
      progress.begin("Transferring", files.size());
      Map<String, Hash> sent = Collections.synchronizedMap(new TreeMap<>(JsonText.BY_CODE_POINT));
      var size = new AtomicLong();
      new Parallel(jobs)
          .forEach(
              files.entrySet(),
              file -> {
                var part = file.getKey().isEmpty() ? name : name + "/" + file.getKey();
                sent.put(file.getKey(), send(source, file.getValue(), part, size));
                progress.done();
              });
      var single = sent.get("");
      return single != null
          ? new Tracked(single, size.get(), 0, false)
          : new Tracked(list(sent, name), size.get(), sent.size(), false);
    } finally {
      Trees.remove(scratch);
    }
  }

  private Hash send(UrlSource source, String key, String name, AtomicLong size) throws IOException {
    var here = Files.createDirectories(scratch).resolve(UUID.randomUUID().toString());
    try {
      Attempts.OVER_NETWORK.run(() -> source.copy(key, here));
      var digest = Md5.digest("MD5");
      Files.copy(here, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      var hash = new Hash(HexFormat.of().formatHex(digest.digest()));
      size.addAndGet(Files.size(here));
      upload(here, StoredObject.of(hash, name));
      return hash;
    } finally {
      Files.deleteIfExists(here);
    }
  }

  private Hash list(Map<String, Hash> files, String name) throws IOException {
    var listing = new DirectoryListing(new TreeMap<>(files), false);
    var here = Files.createDirectories(scratch).resolve(UUID.randomUUID().toString());
    try (var out = Files.newOutputStream(here)) {
      listing.write(out);
    }
    upload(here, StoredObject.of(listing.hash(), name));
    return listing.hash();
  }

  private void upload(Path file, StoredObject object) throws IOException {
    var places = scratch.resolve(UUID.randomUUID().toString());
    var placed = places.resolve(object.key());
    Files.createDirectories(placed.resolveSibling(""));
    Files.move(file, placed, StandardCopyOption.ATOMIC_MOVE);
    try {
      if (!remote.store().exists(remote.key(object))) {
        new Upload(places, remote, progress).move(object);
      }
    } finally {
      Trees.remove(places);
    }
  }
}
