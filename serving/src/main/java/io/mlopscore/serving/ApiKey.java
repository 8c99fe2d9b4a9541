package io.mlopscore.serving;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One key that opens the API. Only its SHA-256 digest is kept: keys are random, so a plain digest
/// cannot be turned back.
///
/// @param id what logs and limits call it
/// @param digest SHA-256 of the key
@SuppressWarnings("ArrayRecordComponent") // compared only by its digest, in constant time
public record ApiKey(String id, byte[] digest) {
  /// The id of a key without a name is the start of its digest.
  static ApiKey of(String key) {
    var digest = digest(key);
    return new ApiKey(HexFormat.of().formatHex(digest, 0, 4), digest);
  }

  static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
