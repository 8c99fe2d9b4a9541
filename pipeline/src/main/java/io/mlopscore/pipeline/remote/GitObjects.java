package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.git.TreeEntry;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads files out of a git repository, by git itself.
final class GitObjects implements AutoCloseable {
  private final Process batch;
  private final OutputStream asked;
  private final DataInputStream answered;

  GitObjects(Path git) throws IOException {
    this.batch =
        new ProcessBuilder("git", "-C", git.toString(), "cat-file", "--batch")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.asked = batch.getOutputStream();
    this.answered = new DataInputStream(new BufferedInputStream(batch.getInputStream()));
  }

  byte[] content(TreeEntry blob) throws IOException {
    asked.write((blob.id() + "\n").getBytes(StandardCharsets.US_ASCII));
    asked.flush();
    var header = new StringBuilder();
    for (int c = answered.read(); c != '\n' && c >= 0; c = answered.read()) {
      header.append((char) c);
    }
    if (!header.toString().equals(blob.id() + " blob " + blob.size())) {
      throw new IOException("git has no file " + blob.id() + " any more: " + header);
    }
    var content = answered.readNBytes(Math.toIntExact(blob.size()));
    answered.readByte();
    return content;
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git runs", e);
    }
  }

  @Override
  public void close() throws IOException {
    asked.close();
    await(batch);
  }
}
