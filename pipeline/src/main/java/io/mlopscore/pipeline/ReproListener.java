package io.mlopscore.pipeline;

import io.mlopscore.pipeline.executor.TaskOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Told what happens while stages are reproduced. With several jobs, what belongs to a running
/// stage comes from threads of their own.
public interface ReproListener {
  default void unchanged(Node node) {}

  /// Missing outputs are taken from the cache instead of running the stage.
  default void restored(Stage stage) {}

  default void started(Stage stage) {}

  /// One command of a stage is about to run.
  default void command(Stage stage, String text) {}

  /// A command of a stage wrote something.
  default void output(Stage stage, TaskOutput.Channel channel, byte[] bytes, int length) {}

  /// The log of a stage cannot be written: what its commands write from now on comes to [#output]
  /// alone.
  default void unlogged(Stage stage, String reason) {}

  /// Whether output is shown at a terminal as it comes.
  default boolean showsOutput() {
    return false;
  }

  default void finished(Stage stage, StageRun run) {}

  /// A failed run is repeated after a pause.
  default void retried(Stage stage, String message, Duration pause) {}

  /// @param ignored whether the others go on as if nothing had happened
  /// @param skipped what will not be tried because of it
  default void failed(Node node, String message, boolean ignored, List<Node> skipped) {}

  /// A frozen stage is looked at but not reproduced.
  default void frozen(Stage stage) {}

  /// The outputs of data or of a frozen stage are recorded as they are.
  default void verified(Node node) {}

  /// The data of an import is downloaded.
  default void imported(PartialImport partial) {}

  /// Why a stage is about to run, a line each.
  default void explained(Stage stage, List<String> reasons) {}

  /// Data of a node is fetched from a remote.
  default void pulled(Node node) {}

  /// Whether to run a stage; asked in interactive runs.
  default boolean confirmed(Node node) {
    return false;
  }

  /// How far it is.
  ///
  /// @param left how many stages were not looked at yet
  /// @param time that those which will run take by their history; zero where that is not known
  default void progress(int left, Duration time) {}

  /// @param created whether the file is new
  default void lockWritten(Path file, boolean created) {}

  /// A `.gitignore` or `*.dvc` file was changed.
  default void changed(Path file) {}

  default void warned(String message) {}
}
