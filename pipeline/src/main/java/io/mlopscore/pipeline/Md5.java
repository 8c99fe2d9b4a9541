package io.mlopscore.pipeline;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// MD5, the digest that names contents.
public final class Md5 {
  private static final int BUFFER = 1 << 17;

  /// What a thread reads files with; anew for each of many small files would cost more than MD5.
  private static final ThreadLocal<byte[]> BUFFERS =
      ThreadLocal.withInitial(() -> new byte[BUFFER]);

  private Md5() {}

  /// In lower-case hexadecimal.
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest("MD5").digest(bytes));
  }

  /// In lower-case hexadecimal.
  public static String of(Path file) throws IOException {
    return hash(file).value();
  }

  static Hash hash(Path file) throws IOException {
    return hash(file, false);
  }

  /// @param legacy as DVC 2 has it
  static Hash hash(Path file, boolean legacy) throws IOException {
    var digest = legacy ? new Dos2UnixMd5() : digest("MD5");
    var buffer = BUFFERS.get();
    try (var in = open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Hash.ofFile(digest.digest()).as(legacy);
  }

  private static InputStream open(Path file) throws IOException {
    try {
      return new FileInputStream(file.toFile());
    } catch (java.io.FileNotFoundException e) {
      if (!file.toFile().exists()) {
        throw (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(e);
      }
      throw e;
    }
  }

  public static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }
}
