package io.mlopscore.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What tells a copy of a model from one whose files were damaged: SHA-256 of their names, sizes
/// and content.
final class CopyDigest {
  private CopyDigest() {}

  static String of(Path copy) throws IOException {
    var digest = sha256();
    for (var file : files(copy)) {
      var head = copy.relativize(file) + "\n" + Files.size(file) + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      try (var content = new DigestInputStream(Files.newInputStream(file), digest)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path copy) throws IOException {
    try (var paths = Files.walk(copy)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
