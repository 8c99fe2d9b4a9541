package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Parallel;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Finds out which objects a remote has, with as few requests as it takes.
///
/// A local directory is listed, always. Elsewhere a listing that was seen complete vouches for its
/// files as long as it is there; for the rest the remote is asked one by one or listed, whatever is
/// less work for its size (as DVC has it: a first prefix is listed to estimate that).
final class Presence {
  private static final int PREFIXES = 256;
  private static final int PAGE = 1000;

  /// Of a big remote, so many objects are asked for one by one before a page of a listing pays.
  private static final int BIG_REMOTE = 500_000;

  private static final int BIG_FACTOR = 5;

  private final Remote remote;
  private final KnownListings known;
  private final Parallel parallel;

  Presence(Remote remote, KnownListings known, int jobs) {
    this.remote = remote;
    this.known = known;
    this.parallel = new Parallel(jobs);
  }

  /// Those of the objects that the remote has.
  Set<StoredObject> of(Needed needed) throws IOException {
    if (remote.directory().isPresent()) {
      return listed(remote.directory().get(), needed.objects());
    }
    var present = vouchedFor(needed);
    var unknown = needed.objects();
    unknown.removeAll(present);
    present.addAll(asked(unknown));
    for (var directory : needed.directories()) {
      if (directory.whole()
          && present.contains(directory.listing())
          && present.containsAll(directory.files())) {
        known.add(directory.listing());
      }
    }
    return present;
  }

  private Set<StoredObject> vouchedFor(Needed needed) throws IOException {
    var candidates =
        needed.directories().stream().filter(found -> known.has(found.listing())).toList();
    var present = new HashSet<StoredObject>();
    for (var directory : parallel.filter(candidates, found -> exists(found.listing()))) {
      present.add(directory.listing());
      present.addAll(directory.files());
    }
    for (var directory : candidates) {
      if (!present.contains(directory.listing())) {
        known.remove(directory.listing());
      }
    }
    return present;
  }

  private boolean exists(StoredObject object) throws IOException {
    var found = new boolean[1];
    Attempts.OVER_NETWORK.run(() -> found[0] = remote.store().exists(remote.key(object)));
    return found[0];
  }

  private Set<StoredObject> asked(Set<StoredObject> objects) throws IOException {
    var current = new HashSet<StoredObject>();
    var legacy = new HashSet<StoredObject>();
    var runs = new HashSet<StoredObject>();
    for (var object : objects) {
      (object.isRun() ? runs : object.isLegacy() ? legacy : current).add(object);
    }
    var present = new HashSet<StoredObject>(parallel.filter(runs, this::exists));
    present.addAll(asked("files/md5/", current));
    present.addAll(asked("", legacy));
    return present;
  }

  /// @param top below which the objects are in folders of two digits
  private Collection<StoredObject> asked(String top, Set<StoredObject> objects) throws IOException {
    if (!remote.listable() || objects.size() <= parallel.jobs()) {
      return parallel.filter(objects, this::exists);
    }
    int estimate = keys(top + "00/").size() * PREFIXES;
    int pages = Math.max(1, estimate / PAGE);
    if (objects.size() < pages * (estimate > BIG_REMOTE ? BIG_FACTOR : 1)) {
      return parallel.filter(objects, this::exists);
    }
    // At the top of a remote there is more than the objects of DVC 2.
    boolean apart = pages > PREFIXES / parallel.jobs() || top.isEmpty();
    var keys = apart ? byPrefix(top) : keys(top);
    return objects.stream().filter(object -> keys.contains(object.key())).toList();
  }

  private Set<String> byPrefix(String top) throws IOException {
    Set<String> keys = ConcurrentHashMap.newKeySet();
    var prefixes =
        IntStream.range(0, PREFIXES).mapToObj(first -> top + "%02x/".formatted(first)).toList();
    parallel.forEach(prefixes, prefix -> keys.addAll(keys(prefix)));
    return keys;
  }

  private Set<String> keys(String prefix) throws IOException {
    var keys = new HashSet<String>();
    Attempts.OVER_NETWORK.run(
        () -> {
          for (var key : remote.store().list(remote.prefix() + prefix)) {
            keys.add(key.substring(remote.prefix().length()));
          }
        });
    return keys;
  }

  /// Names only: one call of the system tells of hundreds of objects.
  private Set<StoredObject> listed(Path root, Collection<StoredObject> objects) throws IOException {
    if (!Files.isDirectory(root)) {
      return new HashSet<>();
    }
    var folders = new TreeSet<String>();
    objects.forEach(object -> folders.add(folder(object)));
    Set<String> keys = ConcurrentHashMap.newKeySet();
    parallel.forEach(folders, folder -> list(root, folder, keys));
    var present = new HashSet<StoredObject>();
    objects.stream().filter(object -> keys.contains(object.key())).forEach(present::add);
    return present;
  }

  private static String folder(StoredObject object) {
    return object.key().substring(0, object.key().lastIndexOf('/'));
  }

  private static void list(Path root, String folder, Set<String> keys) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
      for (var file : files) {
        keys.add(folder + "/" + file.getFileName());
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return; // nothing under this prefix yet
    }
  }

  /// @see #of
  Set<StoredObject> of(List<StoredObject> objects) throws IOException {
    return of(new Needed(List.of(), objects));
  }
}
