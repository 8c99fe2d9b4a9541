package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// A private file of ours that saves time and nothing else: losing it loses no data.
///
/// A version comes first and a checksum last, so that a file that was cut short, or that another
/// release wrote, counts as absent.
public record IndexFile(Path path, int version) {
  private static final int BUFFER = 1 << 16;

  /// What such a file holds.
  public interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /// What was written; empty when the file is absent or not as it was written.
  public Optional<ByteBuffer> read() {
    if (!path.toFile().exists()) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      int end = bytes.limit() - Long.BYTES;
      if (end < Integer.BYTES || bytes.getInt() != version) {
        return Optional.empty();
      }
      var sum = new CRC32C();
      sum.update(bytes.slice(0, end));
      return bytes.getLong(end) == sum.getValue()
          ? Optional.of(bytes.slice(Integer.BYTES, end - Integer.BYTES))
          : Optional.empty();
    } catch (IOException e) {
      log("read", e);
      return Optional.empty();
    }
  }

  /// Replaces the content in one step.
  ///
  /// @return whether it was; a failure is not worth failing a command
  public boolean write(Content content) {
    try {
      Files.createDirectories(path.getParent());
      var temporary = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp");
      try {
        fill(temporary, content);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return true;
    } catch (IOException e) {
      log("saved", e);
      return false;
    }
  }

  private void fill(Path file, Content content) throws IOException {
    var sum = new CheckedOutputStream(Files.newOutputStream(file), new CRC32C());
    try (var out = new DataOutputStream(new BufferedOutputStream(sum, BUFFER))) {
      out.writeInt(version);
      content.write(out);
      out.flush();
      out.writeLong(sum.getChecksum().getValue());
    }
  }

  /// Writes a text so that [#text(ByteBuffer)] reads it.
  public static void text(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads a text of what [#read] gave.
  public static String text(ByteBuffer bytes) {
    int length = bytes.getInt();
    var text = new String(bytes.array(), bytes.arrayOffset() + bytes.position(), length, UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  private void log(String done, IOException failure) {
    System.getLogger(IndexFile.class.getName())
        .log(System.Logger.Level.DEBUG, path + " was not " + done, failure);
  }
}
