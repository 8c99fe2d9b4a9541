package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tracking store behind a tracking server.
public final class RestTrackingStore implements TrackingStore {
  private static final int PAGE = 1000;

  private final RestClient client;

  public RestTrackingStore(RestClient client) {
    this.client = client;
  }

  @Override
  public String createExperiment(String name, Map<String, String> tags) {
    var body = Messages.pairs(Messages.empty().put("name", name), "tags", tags);
    return client.post("experiments/create", body).path("experiment_id").asText();
  }

  @Override
  public Experiment experiment(String id) {
    return Answers.experiment(
        client.get("experiments/get", "experiment_id", id).path("experiment"));
  }

  @Override
  public Optional<Experiment> experimentByName(String name) {
    try {
      var answer = client.get("experiments/get-by-name", "experiment_name", name);
      return Optional.of(Answers.experiment(answer.path("experiment")));
    } catch (TrackingException e) {
      return absent(e);
    }
  }

  /// What was not found is absent; anything else stays an error.
  static <T> Optional<T> absent(TrackingException e) {
    if (e.code() == ErrorCode.RESOURCE_DOES_NOT_EXIST) {
      return Optional.empty();
    }
    throw e;
  }

  @Override
  public List<Experiment> experiments() {
    var body = Messages.empty().put("max_results", PAGE);
    return pages("experiments/search", body, "experiments", Integer.MAX_VALUE).stream()
        .map(Answers::experiment)
        .toList();
  }

  /// Asks page after page, until there are enough items or no more.
  private List<JsonNode> pages(String call, ObjectNode body, String name, int enough) {
    var items = new ArrayList<JsonNode>();
    String next;
    do {
      var answer = client.post(call, body);
      answer.path(name).forEach(items::add);
      next = answer.path("next_page_token").asText();
      body.put("page_token", next);
    } while (!next.isEmpty() && items.size() < enough);
    return items;
  }

  @Override
  public Run createRun(NewRun run) {
    var body =
        Messages.empty()
            .put("experiment_id", run.experimentId())
            .put("user_id", run.userId())
            .put("start_time", run.startTime());
    if (!run.runName().isEmpty()) {
      body.put("run_name", run.runName());
    }
    Messages.pairs(body, "tags", run.tags());
    return Answers.run(client.post("runs/create", body).path("run"));
  }

  @Override
  public Run run(String runId) {
    return Answers.run(client.get("runs/get", "run_id", runId).path("run"));
  }

  @Override
  public void updateRun(String runId, @Nullable RunStatus status, @Nullable Long endTime) {
    var body = Messages.empty().put("run_id", runId);
    Messages.putIfPresent(body, "status", status == null ? null : status.name());
    if (endTime != null) {
      body.put("end_time", endTime);
    }
    client.post("runs/update", body);
  }

  @Override
  public void log(String runId, RunBatch batch) {
    var body = Messages.empty().put("run_id", runId);
    Messages.list(body, "metrics", batch.metrics(), Messages::metric);
    Messages.pairs(body, "params", batch.params());
    client.post("runs/log-batch", Messages.pairs(body, "tags", batch.tags()));
  }

  @Override
  public void logInputs(String runId, List<DatasetInput> inputs) {
    var body = Messages.empty().put("run_id", runId);
    client.post("runs/log-inputs", Messages.list(body, "datasets", inputs, Messages::input));
  }

  @Override
  public List<Metric> history(String runId, String metricKey) {
    var points = new ArrayList<Metric>();
    var next = "";
    do {
      var answer =
          client.get(
              "metrics/get-history",
              "run_id",
              runId,
              "metric_key",
              metricKey,
              "max_results",
              "25000",
              "page_token",
              next);
      points.addAll(Answers.list(answer.path("metrics"), Answers::metric));
      next = answer.path("next_page_token").asText();
    } while (!next.isEmpty());
    return points;
  }

  @Override
  public List<Run> runs(String experimentId, int maxResults) {
    var body = Messages.empty().put("max_results", Math.min(maxResults, PAGE));
    body.putArray("experiment_ids").add(experimentId);
    return pages("runs/search", body, "runs", maxResults).stream()
        .limit(maxResults)
        .map(Answers::run)
        .toList();
  }

  @Override
  public LoggedModel createLoggedModel(NewLoggedModel model) {
    var body = Messages.empty().put("experiment_id", model.experimentId());
    Messages.putIfPresent(body, "name", model.name());
    Messages.putIfPresent(body, "model_type", model.modelType());
    Messages.putIfPresent(body, "source_run_id", model.sourceRunId());
    Messages.pairs(body, "params", model.params());
    Messages.pairs(body, "tags", model.tags());
    return Answers.loggedModel(client.post("logged-models", body).path("model"));
  }

  @Override
  public void logOutput(String runId, String modelId, long step) {
    var body = Messages.empty().put("run_id", runId);
    body.putArray("models").addObject().put("model_id", modelId).put("step", step);
    client.post("runs/outputs", body);
  }

  @Override
  public LoggedModel finishLoggedModel(String modelId, LoggedModel.Status status) {
    var body = Messages.empty().put("model_id", modelId).put("status", "LOGGED_MODEL_" + status);
    return Answers.loggedModel(
        client.send("PATCH", "logged-models/" + modelId, body).path("model"));
  }

  @Override
  public LoggedModel loggedModel(String modelId) {
    return Answers.loggedModel(client.get("logged-models/" + modelId).path("model"));
  }

  @Override
  public void tagLoggedModel(String modelId, Map<String, String> tags) {
    var body = Messages.pairs(Messages.empty().put("model_id", modelId), "tags", tags);
    client.send("PATCH", "logged-models/" + modelId + "/tags", body);
  }

  @Override
  public List<LoggedModel> loggedModels(String runId) {
    return loggedModelsOf(run(runId).info().experimentId()).stream()
        .filter(model -> runId.equals(model.sourceRunId()))
        .toList();
  }

  @Override
  public List<LoggedModel> loggedModelsOf(String experimentId) {
    var body = Messages.empty();
    body.putArray("experiment_ids").add(experimentId);
    return pages("logged-models/search", body, "models", Integer.MAX_VALUE).stream()
        .map(Answers::loggedModel)
        .toList();
  }
}
