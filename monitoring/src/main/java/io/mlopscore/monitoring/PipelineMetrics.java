package io.mlopscore.monitoring;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.StageRun;
import io.mlopscore.pipeline.compare.ValueFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The numbers of a pipeline: what its stages took when they last ran, and the metrics they wrote.
///
/// A pipeline is no server that could be scraped; its numbers go to a file that the textfile
/// collector of node_exporter reads, or to a push gateway.
///
/// @param runs of each stage, oldest first
/// @param metrics by file
public record PipelineMetrics(Map<String, List<StageRun>> runs, ValueFiles metrics) {
  public static PipelineMetrics of(Pipeline pipeline) throws IOException {
    return new PipelineMetrics(pipeline.history().runs(), ValueFiles.metrics(pipeline).unbroken());
  }

  /// In Prometheus' text format, with the name of the pipeline as a label.
  public String text(String pipeline) {
    var text = new ExpositionText("pipeline", pipeline);
    text.family("pipeline_stage_last_run_timestamp_seconds", "When the stage's last run ended.");
    each(text, run -> run.started().plus(run.duration()).toEpochMilli() / 1e3);
    text.family("pipeline_stage_duration_seconds", "How long the stage's last run took.");
    each(text, run -> run.duration().toMillis() / 1e3);
    text.family("pipeline_stage_cpu_seconds", "Processor time of the stage's last run.");
    each(text, run -> run.cpu().toMillis() / 1e3);
    text.family("pipeline_stage_memory_bytes", "Most memory of a process of the last run.");
    each(text, StageRun::peakMemory);
    text.family("pipeline_stage_success", "1 if the stage's last run succeeded, otherwise 0.");
    each(text, run -> run.exitCode() == 0 ? 1 : 0);
    text.family("pipeline_metric", "Metrics that the stages wrote.");
    metrics.mappings().forEach((file, values) -> text.values(file, values));
    return text.toString();
  }

  private void each(ExpositionText text, Measure measure) {
    runs.forEach((stage, all) -> text.sample("stage", stage, measure.of(all.getLast())));
  }

  private interface Measure {
    double of(StageRun run);
  }
}
