package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Config.Exp;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.Baselines;
import io.mlopscore.pipeline.experiments.ExperimentExchange;
import io.mlopscore.pipeline.remote.DataExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Sends an experiment away as soon as it ran, where `exp.auto_push` asks for it, or
/// `DVC_EXP_AUTO_PUSH` and `DVC_EXP_GIT_REMOTE` do. That it cannot be sent does not undo it.
record AutoPush(Pipeline pipeline, boolean wanted, String remote) {
  static AutoPush of(Pipeline pipeline, Map<String, String> environment) {
    Exp settings = pipeline.repository().config().exp();
    var asked = environment.getOrDefault("DVC_EXP_AUTO_PUSH", "");
    return new AutoPush(
        pipeline,
        asked.isEmpty()
            ? settings.autoPush()
            : List.of("1", "y", "yes", "true").contains(asked.toLowerCase(java.util.Locale.ROOT)),
        environment.getOrDefault("DVC_EXP_GIT_REMOTE", settings.gitRemote()));
  }

  void send(String experiment) throws IOException {
    if (!wanted) {
      return;
    }
    System.out.printf("Pushing experiment to '%s'. Cancel with CTRL+C.%n", remote);
    try (var shown = new ProgressLine()) {
      var result =
          new ExperimentExchange(pipeline).push(remote, List.of(experiment), Baselines.HEAD, false);
      var data =
          new DataExchange(
                  pipeline,
                  Optional.empty(),
                  OptionalInt.empty(),
                  shown.progress(),
                  RemoteOptions::warn)
              .push(result.data(), true);
      RemoteOptions.report(data, "upload");
    } catch (PipelineException | IOException e) {
      RemoteOptions.warn(
          "Something went wrong while auto pushing experiment to the remote '%s': %s"
              .formatted(remote, e.getMessage()));
    }
  }
}
