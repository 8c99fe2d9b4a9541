package io.mlopscore.pipeline.compare;

import java.util.Optional;

/// What became of a file or directory of data between two moments.
public record DataChange(Kind kind, Optional<DataEntry> before, Optional<DataEntry> now) {
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED,
    UNCHANGED,
    /// In a directory whose former files are not known.
    UNKNOWN
  }

  /// The entry it is about: the one from before if there is one.
  public DataEntry entry() {
    return before.or(() -> now).orElseThrow();
  }

  /// As people see it: with `/` if it is a directory now, or was one before it was deleted.
  public String shown() {
    var latest = kind == Kind.DELETED ? before.or(() -> now) : now.or(() -> before);
    return latest.orElseThrow().shown();
  }

  boolean isBelow(String path) {
    var own = now.or(() -> before).orElseThrow().path();
    return own.equals(path) || own.startsWith(path + "/");
  }
}
