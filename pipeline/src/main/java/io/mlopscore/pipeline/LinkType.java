package io.mlopscore.pipeline;

import java.util.Locale;

/// How a file of the workspace shares its bytes with the cache.
public enum LinkType {
  /// A copy that takes no space until either side is written.
  REFLINK,
  HARDLINK,
  SYMLINK,
  COPY;

  /// The word in `cache.type`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LinkType of(String word) {
    return valueOf(word.strip().toUpperCase(Locale.ROOT));
  }
}
