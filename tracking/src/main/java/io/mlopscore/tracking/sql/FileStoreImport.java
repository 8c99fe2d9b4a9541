package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.files.ExperimentFolder;
import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.files.Imported;
import io.mlopscore.tracking.files.LoggedModelFolder;
import io.mlopscore.tracking.files.RunFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Brings a file store into a database: everything or nothing. What is there already is left alone,
/// so that an import can be repeated.
///
/// Ids, times and artifact URIs stay as they are, but ids of experiments that are taken or too
/// large for PostgreSQL's column. Artifacts are not moved. Experiments that the database knows by
/// name are joined, which gives them tags that they lack. The spans of
/// traces stay in the artifacts where MLflow put them.
public final class FileStoreImport {
  private final Database database;
  private final FileStore files;

  public FileStoreImport(Database database, FileStore files) {
    this.database = database;
    this.files = files;
  }

  public Imported run() {
    return database.write(handle -> into(handle, files, database.largestExperimentId()));
  }

  static Imported into(Handle handle, FileStore files, long largestExperimentId) {
    return new Pass(handle, largestExperimentId).all(files);
  }

  /// One transaction's work, and what it has brought so far.
  private static final class Pass {
    private final Handle handle;
    private final ImportedRows rows;
    private final Map<String, Long> experimentOfRun = new HashMap<>();
    private final List<LoggedModelFolder> newModels = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private int experiments;
    private int runs;
    private long points;
    private int traces;

    Pass(Handle handle, long largestExperimentId) {
      this.handle = handle;
      this.rows = new ImportedRows(handle, largestExperimentId);
      handle
          .select("SELECT run_uuid, experiment_id FROM runs")
          .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
          .forEach(run -> experimentOfRun.put(run.getKey(), run.getValue()));
    }

    Imported all(FileStore files) {
      each(files.experiments(), this::experiment);
      each(newModels, model -> rows.modelPoints(model.metrics(), experimentOfRun));
      var registry = new ImportedRegistry(handle);
      each(files.registeredModels(), registry::add);
      if (!damaged.isEmpty()) {
        throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, String.join("\n", damaged));
      }
      return new Imported(
          experiments,
          runs,
          points,
          traces,
          newModels.size(),
          registry.models(),
          registry.versions());
    }

    /// Goes on where something cannot be read, so that all of it is named at once.
    private <T> void each(List<T> folders, Consumer<T> bring) {
      for (var folder : folders) {
        try {
          bring.accept(folder);
        } catch (TrackingException e) {
          damaged.add(String.valueOf(e.getMessage()));
        }
      }
    }

    private void experiment(ExperimentFolder folder) {
      var experiment = folder.experiment();
      var known = SqlExperiments.find(handle, experiment.name());
      var id =
          known.isPresent() ? SqlExperiments.number(known.get().id()) : rows.experiment(experiment);
      experiments += known.isPresent() ? 0 : 1;
      rows.experimentTags(id, experiment.tags());
      each(folder.loggedModels(), model -> loggedModel(id, model));
      var datasets = new HashMap<String, String>();
      folder.datasets().forEach((key, dataset) -> datasets.put(key, rows.dataset(id, dataset)));
      each(folder.runs(), run -> run(id, run, datasets));
      each(folder.traces(), trace -> traces += rows.trace(trace.info(id)) ? 1 : 0);
    }

    private void loggedModel(long experiment, LoggedModelFolder model) {
      if (rows.loggedModel(experiment, model.model(), model.lifecycleStage())) {
        newModels.add(model);
      }
    }

    private void run(long experiment, RunFolder run, Map<String, String> datasets) {
      var info = run.info();
      if (experimentOfRun.putIfAbsent(info.runId(), experiment) != null) {
        return;
      }
      rows.run(experiment, info, run.deletedTime());
      rows.pairs("params", info.runId(), run.params());
      rows.pairs("tags", info.runId(), run.tags());
      for (var metric : run.metrics()) {
        points += rows.points(info.runId(), metric);
      }
      run.links().forEach(link -> rows.link(info.runId(), link, datasets));
      runs++;
    }
  }
}
