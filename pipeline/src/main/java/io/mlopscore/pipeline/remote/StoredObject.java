package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Hash;

/// An object that can be moved: content by its hash, or an entry of the run cache.
///
/// @param key where it is, below the cache's root and below the URL of a remote
/// @param name what people know it by, such as `data/train/1.png`
public record StoredObject(String key, String name) {
  private static final String CURRENT = "files/md5/";
  private static final String DIRECTORY = ".dir";

  static StoredObject of(Hash hash, String name) {
    return new StoredObject(CURRENT + folded(hash), name);
  }

  /// Content recorded by DVC 2, whose MD5 counts CRLF as LF.
  static StoredObject legacy(Hash hash, String name) {
    return new StoredObject(folded(hash), name);
  }

  private static String folded(Hash hash) {
    return hash.value().substring(0, 2) + "/" + hash.value().substring(2);
  }

  boolean isListing() {
    return key.endsWith(DIRECTORY);
  }

  /// Whether the key tells the MD5 of the bytes.
  boolean isHashed() {
    return key.startsWith(CURRENT);
  }

  boolean isRun() {
    return key.startsWith("runs/");
  }

  /// The MD5 as the key has it, with `.dir` for a listing.
  public String hash() {
    int slash = key.lastIndexOf('/');
    return key.substring(slash - 2, slash) + key.substring(slash + 1);
  }

  /// The MD5 of the bytes.
  String md5() {
    return hash().substring(0, 32);
  }

  /// Two objects under one key are one, whatever they are called.
  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof StoredObject object && object.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
