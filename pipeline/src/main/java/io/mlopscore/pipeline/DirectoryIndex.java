package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Remembers what directories hashed to, by the files in them, and in which state the cache was
/// when it held all of a directory; to find either out again takes long for many files.
///
/// A private file of ours; losing it costs time only. Any number of threads may ask.
final class DirectoryIndex {
  private static final int MOST = 10_000;
  private static final int DIGITS = 16;
  private static final String HASHED = "hashed";
  private static final String HELD = "held";

  private final Path file;
  private final Map<Fingerprint, Hash> hashed = new LinkedHashMap<>();
  private final Map<Hash, Long> held = new LinkedHashMap<>();
  private boolean read;
  private boolean changed;

  DirectoryIndex(Path file) {
    this.file = file;
  }

  /// The hash of a directory's listing.
  synchronized Hash hash(ScannedFiles files) {
    read();
    var fingerprint = files.fingerprint();
    var known = hashed.get(fingerprint);
    if (known != null) {
      return known.as(files.isLegacy());
    }
    var hash = files.listing().hash();
    hashed.put(fingerprint, hash.as(false));
    changed = true;
    return hash;
  }

  /// Whether the cache held all of a directory when it was in this state.
  synchronized boolean wasHeld(Hash directory, OptionalLong cacheState) {
    read();
    var state = held.get(directory);
    return state != null && cacheState.isPresent() && cacheState.getAsLong() == state;
  }

  /// @param cacheState from before the objects were looked for
  synchronized void holds(Hash directory, OptionalLong cacheState) {
    cacheState.ifPresent(
        state -> {
          held.put(directory, state);
          changed = true;
        });
  }

  private void read() {
    if (read) {
      return;
    }
    read = true;
    try {
      for (var line : file.toFile().exists() ? Files.readAllLines(file) : List.<String>of()) {
        take(line.split(" ", -1));
      }
    } catch (IOException | PipelineException | IllegalArgumentException e) {
      System.getLogger(DirectoryIndex.class.getName())
          .log(System.Logger.Level.DEBUG, "the directory index was not read", e);
    }
  }

  private void take(String[] words) {
    if (words.length == 3 && words[0].equals(HASHED) && words[1].length() == 2 * DIGITS) {
      hashed.put(
          new Fingerprint(number(words[1], 0), number(words[1], DIGITS)), new Hash(words[2]));
    } else if (words.length == 3 && words[0].equals(HELD)) {
      held.put(new Hash(words[1]), number(words[2], 0));
    }
  }

  private static long number(String text, int from) {
    return HexFormat.fromHexDigitsToLong(text, from, from + DIGITS);
  }

  /// Writes what was learnt; a failure to do so is not worth failing a command.
  synchronized void save() {
    if (!changed) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      var temporary = Files.createTempFile(file.getParent(), "directories", ".tmp");
      try {
        Files.writeString(temporary, text());
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        changed = false;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      System.getLogger(DirectoryIndex.class.getName())
          .log(System.Logger.Level.DEBUG, "the directory index was not saved", e);
    }
  }

  /// The latest of each kind.
  private String text() {
    var hex = HexFormat.of();
    var text = new StringBuilder();
    hashed.entrySet().stream()
        .skip(Math.max(0, hashed.size() - MOST))
        .forEach(
            known ->
                line(
                    text,
                    HASHED,
                    hex.toHexDigits(known.getKey().high()) + hex.toHexDigits(known.getKey().low()),
                    known.getValue().value()));
    held.entrySet().stream()
        .skip(Math.max(0, held.size() - MOST))
        .forEach(
            known -> line(text, HELD, known.getKey().value(), hex.toHexDigits(known.getValue())));
    return text.toString();
  }

  private static void line(StringBuilder text, String kind, String key, String value) {
    text.append(kind).append(' ').append(key).append(' ').append(value).append('\n');
  }
}
