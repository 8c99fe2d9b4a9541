package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.files.FolderStamp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/// A folder `mlruns/` as a database that may only be read: all of it is imported when it is opened,
/// and again, in one transaction, when its files have changed. What cannot be read is left out and
/// named in the log. The folder itself is never written.
public final class FolderMirror implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FolderMirror.class.getName());

  /// What an import fills, those first that refer to others.
  private static final List<String> TABLES =
      List.of(
          "assessments",
          "trace_tags",
          "trace_request_metadata",
          "trace_info",
          "input_tags",
          "inputs",
          "datasets",
          "logged_model_metrics",
          "logged_model_params",
          "logged_model_tags",
          "logged_models",
          "latest_metrics",
          "metrics",
          "params",
          "tags",
          "runs",
          "experiment_tags",
          "experiments",
          "registered_model_aliases",
          "registered_model_tags",
          "model_version_tags",
          "model_versions",
          "registered_models");

  private final FileStore files;
  private final Database writer;
  private final Database reader;
  private final Thread watcher;
  private FolderStamp stamp;
  private List<String> damaged;

  private FolderMirror(FileStore files, Database writer, Database reader, Duration pause) {
    this.files = files;
    this.writer = writer;
    this.reader = reader;
    this.stamp = FolderStamp.of(files.root());
    this.damaged = fill();
    tell();
    this.watcher = Thread.ofVirtual().name("mlruns").start(() -> watch(pause));
  }

  /// @param database a file that is not there yet
  /// @param pause between two looks at the folder
  /// @throws TrackingException if the folder holds nothing of MLflow's, or cannot be listed
  public static FolderMirror open(FileStore files, Sqlite database, Duration pause) {
    var writer = Database.open(database, "mlflow-artifacts:/");
    var reader =
        Database.openToRead(
            database,
            files.root()
                + " is served to be read only. To write, bring it into a database with `mlops server"
                + " import "
                + files.root()
                + "` and serve that.");
    try {
      return new FolderMirror(files, writer, reader, pause);
    } catch (RuntimeException e) {
      reader.close();
      writer.close();
      throw e;
    }
  }

  /// Closed by whoever asks for it, or with the mirror.
  public Database database() {
    return reader;
  }

  private void watch(Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        refresh();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /// Reads the folder anew if a file has changed, as one does that was half written.
  void refresh() {
    var now = FolderStamp.of(files.root());
    if (now.equals(stamp)) {
      return;
    }
    try {
      var before = damaged;
      damaged = fill();
      stamp = now;
      if (!damaged.equals(before)) {
        tell();
      }
    } catch (TrackingException e) {
      LOG.log(Level.WARNING, "{0} is shown as it was: {1}", files.root(), e.getMessage());
    }
  }

  /// What is damaged, a sentence each.
  List<String> damaged() {
    return damaged;
  }

  private List<String> fill() {
    return writer.write(
        handle -> {
          TABLES.forEach(table -> handle.execute("DELETE FROM " + table));
          return FileStoreImport.readable(handle, files, writer.largestExperimentId());
        });
  }

  private void tell() {
    if (!damaged.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} is served without what cannot be read of it:\n{1}",
          files.root(),
          String.join("\n", damaged));
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
    reader.close();
    writer.close();
  }
}
