package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A `dvc.lock`: what each stage of the `dvc.yaml` beside it last read and wrote.
///
/// It is kept between stages. A changed entry replaces its own lines only, all other bytes stay;
/// when another process changed the file, only what differs is read again.
public final class LockFile {
  /// What tells one state of the file from another.
  private record Stamp(FileTime modified, long size, @Nullable Object file) {}

  private final Path file;
  private @Nullable Stamp stamp;
  private LockSegments segments = LockSegments.none();
  private final Map<String, LockEntry> entries = new HashMap<>();

  /// Stages added by this process, with their rank among each other.
  private final Map<String, Integer> added = new HashMap<>();

  private LockFile(Path file) {
    this.file = file;
  }

  /// Reads the file; an absent one has no entries.
  public static LockFile read(Path file) throws IOException {
    var lock = new LockFile(file);
    lock.refresh();
    return lock;
  }

  /// Takes over what another process wrote since.
  void refresh() throws IOException {
    var now = stamp(file);
    if (!Objects.equals(now, stamp)) {
      var before = segments;
      segments = now == null ? LockSegments.none() : LockSegments.of(text(), file);
      stamp = now;
      entries.keySet().removeIf(stage -> !segments.hasSame(stage, before));
      for (var stage : segments.stages().keySet()) {
        read(stage);
      }
    }
  }

  private void read(String stage) throws IOException {
    if (!entries.containsKey(stage)) {
      var where = file + ": stages." + stage;
      entries.put(stage, LockText.read(segments.entry(stage, file), where));
    }
  }

  private String text() throws IOException {
    try {
      var text = Files.readString(file);
      if (text.startsWith("<<<<<<< ") || text.contains("\n<<<<<<< ")) {
        throw new PipelineException(
            file + ": it has merge conflicts; settle them, then run the command again");
      }
      return text;
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new YamlException(file + ": not UTF-8 text", e);
    }
  }

  private static @Nullable Stamp stamp(Path file) throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  boolean exists() {
    return stamp != null;
  }

  /// The entry of a stage; empty when it never ran.
  public Optional<LockEntry> entry(Stage stage) {
    return Optional.ofNullable(entries.get(stage.name()));
  }

  /// Replaces an entry where it stood. A new one comes after those that were there before this
  /// process, and among its own by `rank`: however stages were run side by side, the file ends up
  /// the same.
  void put(Stage stage, LockEntry entry, int rank) {
    var piece = LockSegments.piece(stage.name(), LockText.write(entry));
    entries.put(stage.name(), entry);
    if (segments.stages().containsKey(stage.name())) {
      segments.stages().put(stage.name(), piece);
      return;
    }
    boolean last =
        segments.stages().isEmpty()
            || added.getOrDefault(segments.stages().lastEntry().getKey(), -1) <= rank;
    added.put(stage.name(), rank);
    if (last) {
      segments.stages().put(stage.name(), piece);
    } else {
      insert(stage.name(), piece, rank);
    }
  }

  private void insert(String name, String piece, int rank) {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    for (var other : segments.stages().entrySet()) {
      if (added.getOrDefault(other.getKey(), -1) > rank) {
        all.putIfAbsent(name, piece);
      }
      all.put(other.getKey(), other.getValue());
    }
    all.putIfAbsent(name, piece);
    segments = new LockSegments(segments.head(), all, segments.tail());
  }

  /// Writes the file in one step, so that who reads it meanwhile sees the old or the new text.
  void write() throws IOException {
    WholeFile.write(file, wholeText());
    stamp = stamp(file);
  }

  private String wholeText() {
    var text = new StringBuilder(segments.head());
    segments.stages().values().forEach(text::append);
    return text.append(segments.tail()).toString();
  }
}
