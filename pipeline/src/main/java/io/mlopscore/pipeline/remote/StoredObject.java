package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Hash;
import java.security.MessageDigest;
import java.util.HexFormat;

/// An object that can be moved: content by its hash, or an entry of the run cache.
///
/// @param key where it is, below the cache's root and below the URL of a remote
/// @param name what people know it by, such as `data/train/1.png`
public record StoredObject(String key, String name) {
  private static final String CURRENT = "files/md5/";
  private static final String DIRECTORY = ".dir";

  /// Contents that DVC 2 recorded are at the top.
  static StoredObject of(Hash hash, String name) {
    var value = hash.value();
    var key = value.substring(0, 2) + "/" + value.substring(2);
    return new StoredObject((hash.isLegacy() ? "" : CURRENT) + key, name);
  }

  boolean isListing() {
    return key.endsWith(DIRECTORY);
  }

  /// Whether DVC 2 recorded it.
  boolean isLegacy() {
    return !isRun() && !key.startsWith(CURRENT);
  }

  boolean isRun() {
    return key.startsWith("runs/");
  }

  /// The content that the key names; of an entry of the run cache there is none.
  Hash content() {
    return Hash.of(hash(), isLegacy());
  }

  /// The MD5 as the key has it, with `.dir` for a listing.
  public String hash() {
    int slash = key.lastIndexOf('/');
    return key.substring(slash - 2, slash) + key.substring(slash + 1);
  }

  /// Whether a digest that took up the bytes found them to be those of the key.
  boolean isOf(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(hash().substring(0, 32));
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
