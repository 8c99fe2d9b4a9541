package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.files.ExperimentFolder;
import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.files.Imported;
import io.mlopscore.tracking.files.RunFolder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Brings a file store into a database: everything or nothing. What is there already is left alone,
/// so that an import can be repeated.
///
/// Ids, times and artifact URIs stay as they are, but ids of experiments that are taken or too
/// large for PostgreSQL's column. Artifacts are not moved. Experiments that the database knows by
/// name are joined. Traces are not read.
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
    private final Set<String> runsHere;
    private int experiments;
    private int runs;
    private long points;
    private int loggedModels;

    Pass(Handle handle, long largestExperimentId) {
      this.handle = handle;
      this.rows = new ImportedRows(handle, largestExperimentId);
      this.runsHere =
          new HashSet<>(handle.select("SELECT run_uuid FROM runs").mapTo(String.class).list());
    }

    Imported all(FileStore files) {
      files.experiments().forEach(this::experiment);
      var registry = new ImportedRegistry(handle);
      files.registeredModels().forEach(registry::add);
      return new Imported(
          experiments, runs, points, loggedModels, registry.models(), registry.versions());
    }

    private void experiment(ExperimentFolder folder) {
      var experiment = folder.experiment();
      var known = SqlExperiments.find(handle, experiment.name());
      var id =
          known.isPresent() ? SqlExperiments.number(known.get().id()) : rows.experiment(experiment);
      experiments += known.isPresent() ? 0 : 1;
      for (var model : folder.loggedModels()) {
        loggedModels += rows.loggedModel(id, model.model());
      }
      var datasets = new HashMap<String, String>();
      folder.datasets().forEach((key, dataset) -> datasets.put(key, rows.dataset(id, dataset)));
      for (var run : folder.runs()) {
        run(id, run, datasets);
      }
    }

    private void run(long experiment, RunFolder run, Map<String, String> datasets) {
      var info = run.info();
      if (!runsHere.add(info.runId())) {
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
