package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.time.Duration;

/// Told what happens while stages are reproduced; the output of the commands themselves goes to the
/// terminal.
public interface ReproListener {
  default void unchanged(Node node) {}

  /// Missing outputs are taken from the cache instead of running the stage.
  default void restored(Stage stage) {}

  default void started(Stage stage) {}

  /// One command of a stage is about to run.
  default void command(String text) {}

  default void finished(Stage stage, Duration duration) {}

  default void failed(Stage stage, String message) {}

  /// A frozen stage is looked at but not reproduced.
  default void frozen(Stage stage) {}

  /// @param created whether the file is new
  default void lockWritten(Path file, boolean created) {}

  /// A `.gitignore` was changed.
  default void ignored(Path file) {}
}
