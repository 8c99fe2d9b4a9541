package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Objects as files of a directory, which may be a mounted share.
///
/// A symbolic link is followed only where it stays in the directory.
public final class LocalObjectStore implements ObjectStore {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");
  private static final int BUFFER = 1 << 18;

  private final Path root;
  private final boolean durable;

  /// A directory that leaves it to the operating system when bytes reach the disk: right for
  /// copies of what is elsewhere too.
  ///
  /// @param root need not exist yet
  public LocalObjectStore(Path root) {
    this(root, false);
  }

  private LocalObjectStore(Path root, boolean durable) {
    this.root = root.toAbsolutePath().normalize();
    this.durable = durable;
  }

  /// A directory in which an object survives a power cut as soon as it is put.
  public static LocalObjectStore durable(Path root) {
    return new LocalObjectStore(root, true);
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    var file = file(key);
    return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    var file = file(key);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(key);
    }
    var channel = FileChannel.open(file, StandardOpenOption.READ).position(from);
    return new LimitedStream(Channels.newInputStream(channel), length);
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var target = file(key);
    if (Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(key, null, "there is a folder of that name");
    }
    var made = createFolders(target);
    var unfinished = target.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      write(content, size, unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      force(made);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void write(InputStream content, long size, Path file) throws IOException {
    var written = 0L;
    try (var out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var flusher = new Flusher(out)) {
      var buffer = new byte[BUFFER];
      for (int n; (n = content.readNBytes(buffer, 0, buffer.length)) > 0; written += n) {
        for (var bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
          out.write(bytes);
        }
        if (durable) {
          flusher.wrote(n);
        }
      }
      ObjectStore.requireWhole(written, size);
      if (durable) {
        flusher.finish();
      }
    }
  }

  /// @return the folders whose entries change when the target appears
  private List<Path> createFolders(Path target) throws IOException {
    var changed = new ArrayList<Path>();
    for (var folder = target.getParent(); folder != null; folder = folder.getParent()) {
      changed.add(folder);
      // In this order: another upload may be making the same folder.
      if (Files.exists(folder)) {
        if (!Files.isDirectory(folder)) {
          throw new FileAlreadyExistsException(folder.toString(), null, "it is no folder");
        }
        break;
      }
    }
    Files.createDirectories(target.getParent());
    return changed;
  }

  /// A new name is on disk only when its folder is.
  private void force(List<Path> folders) throws IOException {
    if (!durable) {
      return;
    }
    for (var folder : folders) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return files(prefix).stream().map(this::key).sorted().toList();
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    return files(prefix).stream().map(this::summary).sorted().toList();
  }

  private List<Path> files(String prefix) throws IOException {
    var slash = prefix.lastIndexOf('/');
    var start = slash < 0 ? root : file(prefix.substring(0, slash));
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (var files = Files.walk(start)) {
      return files
          .filter(file -> Files.isRegularFile(file) && isVisible(file))
          .filter(file -> key(file).startsWith(prefix))
          .toList();
    }
  }

  private String key(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private ObjectSummary summary(Path file) {
    var plain = file.toFile();
    var modified = Instant.ofEpochMilli(plain.lastModified());
    return new ObjectSummary(key(file), plain.length(), Optional.of(modified));
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    var directory = folder.isEmpty() ? root : file(folder);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var children = Files.list(directory)) {
      return children.filter(this::isVisible).flatMap(LocalObjectStore::entry).sorted().toList();
    }
  }

  private static Stream<StoredEntry> entry(Path child) {
    var file = child.toFile();
    if (file.isDirectory()) {
      return Stream.of(new StoredEntry(file.getName(), true, 0));
    }
    // One that was deleted meanwhile is in no listing.
    return file.exists()
        ? Stream.of(new StoredEntry(file.getName(), false, file.length()))
        : Stream.empty();
  }

  private boolean isVisible(Path file) {
    return !UNFINISHED.matcher(file.getFileName().toString()).matches()
        && (!Files.isSymbolicLink(file) || isInside(file));
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(file(key));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    var directory = file(folder);
    if (Files.isDirectory(directory)) {
      try (var inside = Files.walk(directory)) {
        for (var file : inside.toList().reversed()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path file(String key) throws IOException {
    var file = root.resolve(ObjectStore.requireKey(key));
    if (!isInside(file) || UNFINISHED.matcher(file.getFileName().toString()).matches()) {
      throw new IllegalArgumentException("'" + key + "' is not a key: it leads elsewhere");
    }
    return file;
  }

  /// Whether a file, or the folder that it would be created in, really is below the root.
  private boolean isInside(Path file) {
    var there = file;
    while (there != null && !there.equals(root) && !isThere(there)) {
      there = there.getParent();
    }
    try {
      return there == null
          || there.equals(root)
          || there.toRealPath().startsWith(root.toRealPath());
    } catch (IOException _) {
      return false; // a link to nowhere: writing through it would create a file elsewhere
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
