package io.mlopscore.pipeline;

import java.util.Optional;

/// What a URL holds, as far as its server tells contents apart.
///
/// @param key `md5`, `etag` or `checksum`: which kind of value it is
/// @param size bytes, negative where the server does not say
/// @param files how many, for a folder; 0 for a file
public record UrlContent(String key, String value, long size, int files) {
  /// The same where the server tells contents apart by their MD5.
  Optional<Tracked> tracked() {
    return key.equals("md5")
        ? Optional.of(new Tracked(new Hash(value), size, files, false))
        : Optional.empty();
  }

  boolean sameContent(UrlContent other) {
    return key.equals(other.key) && value.equals(other.value);
  }
}
