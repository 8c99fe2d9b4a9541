package io.mlopscore.pipeline.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A process started by the Java runtime, for systems whose own calls are not known here. What it
/// used is not measured.
final class JavaProcess implements ChildProcess {
  private final Process process;
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean abandoned;

  private JavaProcess(Process process) {
    this.process = process;
  }

  static JavaProcess start(Start start, TaskOutput output) throws IOException {
    var builder = new ProcessBuilder(start.command()).directory(start.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    var child = new JavaProcess(builder.redirectInput(ProcessBuilder.Redirect.INHERIT).start());
    child.read(child.process.getInputStream(), TaskOutput.Channel.STANDARD, output);
    child.read(child.process.getErrorStream(), TaskOutput.Channel.ERROR, output);
    return child;
  }

  private void read(InputStream in, TaskOutput.Channel channel, TaskOutput output) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  var buffer = new byte[1 << 13];
                  try {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                      if (!abandoned) {
                        output.write(channel, buffer, read);
                      }
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Ended await() throws InterruptedException {
    int code = process.waitFor();
    for (var reader : readers) {
      reader.join(PosixProcess.PATIENCE);
    }
    abandoned = true;
    return new Ended(code, Duration.ZERO, 0);
  }
}
