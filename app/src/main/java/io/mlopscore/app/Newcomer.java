package io.mlopscore.app;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelOrigin;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Registration;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The model of the pipeline's last run, now a version in the registry.
///
/// @param alias the alias under which models of the project are served
record Newcomer(Run run, ModelVersion version, String alias) {
  private static final List<String> SUMMARY =
      List.of("accuracy", "precision_weighted", "recall_weighted", "f1_score_weighted", "log_loss");

  /// @throws IOException if the run is not in the tracking store
  static Newcomer register(Project project, Tracking tracking, TrainedRun trained)
      throws IOException {
    try {
      var run = tracking.store().run(trained.runId());
      var model = project.model();
      var version =
          new Registration(tracking.registry())
              .register(
                  model.name(), ModelOrigin.of(trained.runId(), trained.modelId()), model.alias())
              .version();
      return new Newcomer(run, version, model.alias());
    } catch (TrackingException e) {
      throw new IOException(
          TrainedRun.FILE
              + " names the run "
              + trained.runId()
              + ", but the tracking store says: "
              + e.getMessage()
              + ". Was another database used? `mlops repro --force` trains and logs anew.",
          e);
    }
  }

  /// The metrics of the run, and what it became in the registry.
  String report() {
    var metrics =
        run.metrics().stream()
            .filter(metric -> SUMMARY.contains(metric.key()))
            .map(Newcomer::shown)
            .collect(Collectors.joining("  "));
    var served = version.aliases().contains(alias) ? " @" + alias : "";
    return "\nrun      %s (%s)\nmetrics  %s\nmodel    %s version %d%s\n"
        .formatted(
            run.info().runName(),
            run.info().runId(),
            metrics,
            version.name(),
            version.version(),
            served);
  }

  private static String shown(Metric metric) {
    return metric.key() + " " + MetricText.brief(metric);
  }
}
