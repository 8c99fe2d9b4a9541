package io.mlopscore.pipeline;

import io.mlopscore.pipeline.executor.TaskOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The log of a stage's run: all that its commands write goes there, and to the listener.
///
/// A log that cannot be written, as when the disk is full, is no reason for a stage to fail.
final class StageLog implements TaskOutput, AutoCloseable {
  private final Stage stage;
  private final ReproListener listener;
  private @Nullable OutputStream file;

  /// @param again whether the stage is tried once more, and the log goes on
  StageLog(Stage stage, ReproListener listener, Path path, boolean again) {
    this.stage = stage;
    this.listener = listener;
    try {
      Files.createDirectories(path.getParent());
      file =
          Files.newOutputStream(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              again ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      listener.unlogged(stage, FailureText.of(e));
    }
  }

  @Override
  public void command(String text) {
    listener.command(stage, text);
    var line = ("> " + text + "\n").getBytes(StandardCharsets.UTF_8);
    keep(line, line.length);
  }

  @Override
  public void write(Channel channel, byte[] bytes, int length) {
    keep(bytes, length);
    listener.output(stage, channel, bytes, length);
  }

  private synchronized void keep(byte[] bytes, int length) {
    try {
      if (file != null) {
        file.write(bytes, 0, length);
      }
    } catch (IOException e) {
      close();
      listener.unlogged(stage, FailureText.of(e));
    }
  }

  @Override
  public boolean isShown() {
    return listener.showsOutput();
  }

  @Override
  public synchronized void close() {
    var open = file;
    file = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      listener.unlogged(stage, FailureText.of(e));
    }
  }
}
