package io.mlopscore.pipeline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Contents by hash, in DVC 3's layout: `files/md5/ab/cdef…`. What DVC 2 recorded stays where that
/// has it: `ab/cdef…`.
///
/// An object of mode 0444 counts as verified, here and for `dvc`. So bytes arrive in a temporary
/// file, are checked, renamed, and made read-only last: a process killed in between leaves either
/// nothing, a `.tmp` file or an object that the next reader checks again.
public final class ContentCache {
  private final Path objects;
  private final Path legacyObjects;

  private final ObjectFiles files;
  private final Links links;
  private final Staging staging;

  /// A cache whose files are copied.
  public ContentCache(Path root) {
    this(root, new Links(List.of(LinkType.REFLINK, LinkType.COPY)), Staging.beside());
  }

  ContentCache(Path root, Links links, Staging staging) {
    this.links = links;
    this.staging = staging;
    this.objects = root.resolve("files").resolve("md5");
    this.legacyObjects = root;
    this.files = ObjectFiles.on(objects);
  }

  /// Where the object of `hash` is or would be.
  public Path object(Hash hash) {
    var value = hash.value();
    var folder = hash.isLegacy() ? legacyObjects : objects;
    return folder.resolve(value.substring(0, 2)).resolve(value.substring(2));
  }

  /// Whether the object is there with the right bytes; one that is not is dropped.
  public boolean contains(Hash hash) throws IOException {
    var object = object(hash);
    if (FileMode.isReadOnly(object)) {
      return true;
    }
    if (!object.toFile().exists()) {
      return false;
    }
    if (!Md5.hash(object, hash.isLegacy()).sameBytes(hash)) {
      Files.delete(object);
      return false;
    }
    FileMode.makeReadOnly(object);
    return true;
  }

  /// Whether the object is there, and for a directory every file it lists.
  public boolean containsAll(Hash hash) throws IOException {
    if (!contains(hash)) {
      return false;
    }
    return !hash.isDirectory() || containsAll(listing(hash).files().values());
  }

  boolean containsAll(Collection<Hash> hashes) throws IOException {
    var missing = new AtomicBoolean();
    Parallel.local()
        .forEach(
            hashes,
            hash -> {
              if (!missing.get() && !contains(hash)) {
                missing.set(true);
              }
            });
    return !missing.get();
  }

  /// What tells whether an object came or went.
  public ObjectFolders folders() {
    return new ObjectFolders(objects);
  }

  public DirectoryListing listing(Hash hash) throws IOException {
    var object = object(hash);
    return DirectoryListing.parse(Files.readAllBytes(object), object.toString())
        .as(hash.isLegacy());
  }

  /// A listing of DVC 2 made one of DVC 3, whose files are stored as that has them.
  DirectoryListing renewed(DirectoryListing legacy) throws IOException {
    Map<String, Hash> files = new ConcurrentHashMap<>();
    Parallel.local()
        .forEach(
            legacy.files().entrySet(),
            file -> {
              var object = object(file.getValue());
              var hash = Md5.hash(object);
              add(object, hash, _ -> false);
              files.put(file.getKey(), hash);
            });
    return DirectoryListing.of(files);
  }

  /// Stores a copy of a file.
  ///
  /// @param unchanged whether the file is known to hold `hash` still, without reading it
  /// @throws PipelineException when the file's bytes are no longer those of `hash`
  void add(Path file, Hash hash, Parallel.Test<Path> unchanged) throws IOException {
    // Asked first because it answers without an exception, which would cost more than the question.
    if (!object(hash).toFile().exists() || !contains(hash)) {
      files.place(object(hash), true, out -> new CheckedCopy(file, hash, unchanged).to(out));
    }
  }

  /// Stores a directory's listing; its files must be stored before, since whoever finds the listing
  /// may assume them.
  Hash add(DirectoryListing listing) throws IOException {
    var hash = listing.hash();
    add(hash, () -> listing);
    return hash;
  }

  /// As above, for who knows its hash, and makes the listing only where it is lacking.
  void add(Hash hash, Supplier<DirectoryListing> listing) throws IOException {
    if (!contains(hash)) {
      files.place(
          object(hash),
          true,
          out -> {
            var buffered = new BufferedOutputStream(Channels.newOutputStream(out));
            listing.get().write(buffered);
            buffered.flush();
          });
    }
  }

  /// Stores the listing of a directory that is recorded file by file, so that all goes on from
  /// there as if it had been fetched; that of any other is known already or not at all.
  public void addListing(Tracked recorded) throws IOException {
    if (recorded.versions() instanceof Versions.OfFiles files) {
      add(recorded.hash(), () -> files.listing(recorded.hash().isLegacy()));
    }
  }

  /// Puts the file of `hash` at `target`, replacing what is there in one step.
  void checkout(Hash hash, Path target, boolean executable) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      Trees.remove(target);
    }
    staging.place(target, path -> fill(object(hash), path, executable));
  }

  /// Makes `target` a directory with the files of a listing, all of them at once.
  ///
  /// @param target where nothing is
  void checkout(DirectoryListing listing, Path target) throws IOException {
    staging.place(target, new FreshDirectory(this, listing)::at);
  }

  /// A link would share the mode of the object, so what can be executed is a copy.
  private void fill(Path object, Path target, boolean executable) throws IOException {
    if (executable) {
      ObjectFiles.fill(object, target);
      FileMode.makeExecutable(target);
    } else {
      links.make(object, target);
    }
  }

  /// Holds a file of the workspace, whose content is that of `hash`, as `cache.type` has it.
  ///
  /// @param strictly in the way it prefers, rather than in any it allows
  void relink(Hash hash, Path file, boolean executable, boolean strictly) throws IOException {
    var object = object(hash);
    if (executable && !Files.isSymbolicLink(file) && !Files.isSameFile(file, object)) {
      return;
    }
    boolean held = strictly ? links.arePreferred(object, file) : links.areAllowed(object, file);
    if (!held) {
      checkout(hash, file, executable);
    }
  }

  /// Whether files of the workspace are to be links to objects.
  boolean isShared() {
    return links.areShared();
  }

  /// Whether a file of the workspace may be a link to an object.
  boolean mayBeShared() {
    return links.mayBeShared();
  }

  /// Puts the file of `hash` at `target`, where nothing is and nobody looks yet.
  void fill(Hash hash, Path target) throws IOException {
    links.make(object(hash), target);
  }
}
