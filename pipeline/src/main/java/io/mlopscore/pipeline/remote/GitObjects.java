package io.mlopscore.pipeline.remote;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads trees and files out of a git repository, by git itself.
final class GitObjects implements AutoCloseable {
  /// A file of a commit.
  record Blob(String id, long size, String path) {}

  private final Path git;
  private final Process batch;
  private final OutputStream asked;
  private final DataInputStream answered;

  GitObjects(Path git) throws IOException {
    this.git = git;
    this.batch =
        new ProcessBuilder("git", "-C", git.toString(), "cat-file", "--batch")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.asked = batch.getOutputStream();
    this.answered = new DataInputStream(new BufferedInputStream(batch.getInputStream()));
  }

  /// Every regular file of a commit.
  List<Blob> blobs(String commit) throws IOException {
    var process =
        new ProcessBuilder("git", "-C", git.toString(), "ls-tree", "-r", "-l", "-z", commit)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (await(process) != 0) {
      throw new IOException("git cannot list commit " + commit);
    }
    var blobs = new ArrayList<Blob>();
    for (var line : text.split("\0", -1)) {
      int tab = line.indexOf('\t');
      var fields = line.substring(0, Math.max(tab, 0)).split(" +", -1);
      if (fields.length == 4 && fields[0].startsWith("100")) {
        blobs.add(new Blob(fields[2], Long.parseLong(fields[3]), line.substring(tab + 1)));
      }
    }
    return blobs;
  }

  byte[] content(Blob blob) throws IOException {
    asked.write((blob.id + "\n").getBytes(StandardCharsets.US_ASCII));
    asked.flush();
    var header = new StringBuilder();
    for (int c = answered.read(); c != '\n' && c >= 0; c = answered.read()) {
      header.append((char) c);
    }
    if (!header.toString().equals(blob.id + " blob " + blob.size)) {
      throw new IOException("git has no file " + blob.id + " any more: " + header);
    }
    var content = answered.readNBytes(Math.toIntExact(blob.size));
    answered.readByte();
    return content;
  }

  static int await(Process process) throws IOException {
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
