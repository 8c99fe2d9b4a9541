package io.mlopscore.tracking.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// What a machine shows: 256 random bits after a mark that scanners for secrets can find.
public record TokenSecret(String text) {
  public static final String MARK = "mlops_";

  public static TokenSecret random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new TokenSecret(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// One round of SHA-256 does: nobody guesses 256 bits. Tokens are looked up by it, so that how
  /// long it takes tells nothing about the secret.
  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return MARK + "...";
  }
}
