package io.mlopscore.tracking.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/// Hashes of passwords as werkzeug writes them, `method:parameters$salt$hex`
/// (https://werkzeug.palletsprojects.com/en/stable/utils/#module-werkzeug.security).
///
/// One hash of scrypt takes 32 MB and a good part of a second, so only a few are made at a time.
public final class PasswordHash {
  private static final Semaphore AT_ONCE = new Semaphore(2, true);
  private static final String SALT =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int SALT_LENGTH = 16;
  private static final int SCRYPT_LENGTH = 64;

  /// More would let a row of the database take all memory or time.
  private static final long MOST_MEMORY = 256L << 20;

  private static final int MOST_ITERATIONS = 10_000_000;

  private PasswordHash() {}

  /// Hashes a new password with scrypt.
  public static String of(String password) {
    var random = new SecureRandom();
    var salt = new StringBuilder();
    for (var i = 0; i < SALT_LENGTH; i++) {
      salt.append(SALT.charAt(random.nextInt(SALT.length())));
    }
    var hash = scrypt(password, salt.toString(), 32768, 8, 1);
    return "scrypt:32768:8:1$" + salt + "$" + HexFormat.of().formatHex(hash);
  }

  /// Whether a password is the one that was hashed; a hash of an unknown kind matches nothing.
  public static boolean matches(String password, String hash) {
    var parts = hash.split("\\$", 3);
    if (parts.length != 3) {
      return false;
    }
    return expected(parts[2])
        .flatMap(
            wanted ->
                computed(parts[0].split(":", -1), parts[1], password)
                    .map(found -> MessageDigest.isEqual(found, wanted)))
        .orElse(false);
  }

  private static Optional<byte[]> expected(String hex) {
    try {
      return Optional.of(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> computed(String[] method, String salt, String password) {
    try {
      return switch (method[0]) {
        case "scrypt" ->
            method.length == 4
                ? boundedScrypt(
                    password, salt, number(method[1]), number(method[2]), number(method[3]))
                : Optional.empty();
        case "pbkdf2" ->
            method.length == 3
                ? pbkdf2(password, salt, method[1], number(method[2]))
                : Optional.empty();
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // the row holds parameters that no hash can have
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private static Optional<byte[]> boundedScrypt(String password, String salt, int n, int r, int p) {
    if (n < 2 || r < 1 || p < 1 || p > 16 || 128L * n * r > MOST_MEMORY) {
      return Optional.empty();
    }
    return Optional.of(scrypt(password, salt, n, r, p));
  }

  private static byte[] scrypt(String password, String salt, int n, int r, int p) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return SCrypt.generate(utf8(password), utf8(salt), n, r, p, SCRYPT_LENGTH);
    } finally {
      AT_ONCE.release();
    }
  }

  private static Optional<byte[]> pbkdf2(
      String password, String salt, String digest, int iterations) {
    var bits =
        switch (digest) {
          case "sha1" -> 160;
          case "sha256" -> 256;
          case "sha512" -> 512;
          default -> 0;
        };
    if (bits == 0 || iterations < 1 || iterations > MOST_ITERATIONS || salt.isEmpty()) {
      return Optional.empty();
    }
    AT_ONCE.acquireUninterruptibly();
    try {
      var algorithm = "PBKDF2WithHmac" + digest.toUpperCase(Locale.ROOT);
      var key = new PBEKeySpec(password.toCharArray(), utf8(salt), iterations, bits);
      return Optional.of(SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no PBKDF2", e);
    } finally {
      AT_ONCE.release();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
