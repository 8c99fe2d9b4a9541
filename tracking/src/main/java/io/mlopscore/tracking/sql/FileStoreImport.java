package io.mlopscore.tracking.sql;

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
import org.jdbi.v3.core.Handle;

/// Brings a file store into a database: everything or nothing, or what can be read of it. What is
/// there already is left alone, so that an import can be repeated.
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

  /// @throws TrackingException naming all that cannot be read; nothing is brought then
  public Imported run() {
    return database.write(
        handle -> {
          var pass = new Pass(handle, database.largestExperimentId());
          var imported = pass.all(files);
          pass.damage.refuse();
          return imported;
        });
  }

  /// Brings what can be read.
  ///
  /// @return what cannot, a sentence each
  static List<String> readable(Handle handle, FileStore files, long largestExperimentId) {
    var pass = new Pass(handle, largestExperimentId);
    pass.all(files);
    return pass.damage.sentences();
  }

  /// One transaction's work, and what it has brought so far.
  private static final class Pass {
    private final Handle handle;
    private final ImportedRows rows;
    private final Map<String, Long> experimentOfRun = new HashMap<>();
    private final List<LoggedModelFolder> newModels = new ArrayList<>();
    private final Damage damage = new Damage();
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
      damage.each(files.experiments(), this::experiment);
      damage.each(newModels, model -> rows.modelPoints(model.metrics(), experimentOfRun));
      var registry = new ImportedRegistry(handle, damage);
      damage.each(files.registeredModels(), registry::add);
      return new Imported(
          experiments,
          runs,
          points,
          traces,
          newModels.size(),
          registry.models(),
          registry.versions());
    }

    private void experiment(ExperimentFolder folder) {
      var experiment = folder.experiment();
      var known = SqlExperiments.find(handle, experiment.name());
      var id =
          known.isPresent() ? SqlExperiments.number(known.get().id()) : rows.experiment(experiment);
      experiments += known.isPresent() ? 0 : 1;
      rows.experimentTags(id, experiment.tags());
      damage.each(folder.loggedModels(), model -> loggedModel(id, model));
      var datasets = new HashMap<String, String>();
      damage.each(
          folder.datasets(), each -> datasets.put(each.id(), rows.dataset(id, each.dataset())));
      damage.each(folder.runs(), run -> run(id, run, datasets));
      damage.each(folder.traces(), trace -> traces += rows.trace(trace.info(id)) ? 1 : 0);
    }

    private void loggedModel(long experiment, LoggedModelFolder model) {
      if (rows.loggedModel(experiment, model.model(), model.lifecycleStage())) {
        newModels.add(model);
      }
    }

    private void run(long experiment, RunFolder run, Map<String, String> datasets) {
      var info = run.info();
      var deletedTime = run.deletedTime();
      if (experimentOfRun.putIfAbsent(info.runId(), experiment) != null) {
        return;
      }
      var id = info.runId();
      rows.run(experiment, info, deletedTime);
      damage.of(() -> rows.pairs("params", id, run.params()));
      damage.of(() -> rows.pairs("tags", id, run.tags()));
      damage.each(run.metrics(), metric -> points += rows.points(id, metric));
      damage.each(run.links(), link -> rows.link(id, link, datasets));
      runs++;
    }
  }
}
