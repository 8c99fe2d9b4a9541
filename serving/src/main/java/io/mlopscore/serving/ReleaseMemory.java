package io.mlopscore.serving;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.serving.ModelSource.Fetched;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which release of one alias was taken into service last, in a file beside the copies of models.
/// Services that share the folder and follow the same alias share the file, too: the last one to
/// write is right. Used by one thread at a time.
public final class ReleaseMemory {
  private final ModelCache cache;
  private final String registry;
  private final String name;
  private final String alias;
  private final Path file;
  private final Path part;
  private @Nullable RememberedRelease last;
  private boolean isWritten;

  /// @param registry the address of the registry; credentials in it are not kept
  public ReleaseMemory(ModelCache cache, String registry, String name, String alias) {
    this.cache = cache;
    this.registry = registry.replaceFirst("//[^/]*@", "//").replaceFirst("/+$", "");
    this.name = name;
    this.alias = alias;
    this.file = cache.folder().resolve(CacheName.of(name, alias, this.registry) + ".json");
    this.part = cache.folder().resolve(file.getFileName() + "." + UUID.randomUUID());
  }

  /// What was taken into service last, by this process or one before it.
  Optional<RememberedRelease> recall() throws IOException {
    try {
      return Optional.of(RememberedRelease.read(Files.readAllBytes(file)))
          .filter(found -> found.isOf(registry, name, alias));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Opens the copy of a release, if it is as it was when it went live. A damaged one is removed,
  /// so that it is fetched again.
  Fetched open(RememberedRelease remembered) throws IOException {
    var copy = cache.held(remembered.copy());
    if (!CopyDigest.of(copy).equals(remembered.digest())) {
      cache.remove(copy);
      throw new IOException(
          copy + " was removed: its files are damaged, they are not those that were served");
    }
    var folder = ModelFolder.open(copy);
    return new Fetched(folder, folder.scorer(), remembered.metrics());
  }

  /// Writes down what is live, unless this process did so already.
  void remember(ServedModel live) throws IOException {
    if (last == null || !last.release().equals(live.release())) {
      last = describe(live);
      isWritten = false;
    }
    if (!isWritten) {
      write(last);
      isWritten = true;
    }
  }

  /// Nothing is to be served again: the registry said so.
  void forget() throws IOException {
    last = null;
    Files.deleteIfExists(file);
  }

  private RememberedRelease describe(ServedModel live) throws IOException {
    var copy = live.folder().directory();
    return new RememberedRelease(
        registry,
        alias,
        live.release(),
        copy.getFileName().toString(),
        CopyDigest.of(copy),
        finite(live.metrics()),
        cache.clock().instant());
  }

  private static Map<String, Double> finite(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(metric -> Double.isFinite(metric.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Under a name of its own first, so that whoever reads finds the old one or the new one. If
  /// that fails the old one goes: it is not what was served last any more.
  private void write(RememberedRelease next) throws IOException {
    try {
      writeToDisk(part, next.json());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      forceNames();
    } catch (IOException e) {
      removeFor(e, file);
      removeFor(e, part);
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void removeFor(IOException cause, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void writeToDisk(Path file, byte[] content) throws IOException {
    try (var out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /// A new name is on the disk only when its folder is.
  private void forceNames() throws IOException {
    try (var names = FileChannel.open(cache.folder(), StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
