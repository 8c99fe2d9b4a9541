package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.executor.TaskOutput.Channel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What one of several running stages wrote, kept until it is its turn to be printed.
final class OutputBlock {
  private record Part(Channel channel, ByteArrayOutputStream bytes) {}

  private final List<Part> parts = new ArrayList<>();

  void println(String line) {
    var bytes = (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    write(Channel.STANDARD, bytes, bytes.length);
  }

  void write(Channel channel, byte[] bytes, int length) {
    if (parts.isEmpty() || parts.getLast().channel != channel) {
      parts.add(new Part(channel, new ByteArrayOutputStream()));
    }
    parts.getLast().bytes.write(bytes, 0, length);
  }

  void print(PrintStream out, PrintStream err) {
    for (var part : parts) {
      var stream = part.channel == Channel.STANDARD ? out : err;
      stream.writeBytes(part.bytes.toByteArray());
      stream.flush();
    }
  }
}
