package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.DatasetSummary;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewExperiment;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.StepRange;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tracking store behind a tracking server.
public final class RestTrackingStore implements TrackingStore {
  private final ApiClient client;

  public RestTrackingStore(RestClient client) {
    this((ApiClient) client);
  }

  RestTrackingStore(ApiClient client) {
    this.client = client;
  }

  @Override
  public String createExperiment(NewExperiment experiment) {
    var body = Messages.empty().put("name", experiment.name());
    Messages.putIfPresent(body, "artifact_location", experiment.artifactLocation());
    Messages.pairs(body, "tags", experiment.tags());
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
  public SearchPage<Experiment> searchExperiments(ViewType view, SearchQuery query) {
    var body = search(query).put("view_type", view.name());
    return page(client.post("experiments/search", body), "experiments", Answers::experiment);
  }

  private static ObjectNode search(SearchQuery query) {
    var body = Messages.empty().put("max_results", query.maxResults());
    Messages.putIfPresent(body, "filter", query.filter());
    Messages.putIfPresent(body, "page_token", query.pageToken());
    if (!query.orderBy().isEmpty()) {
      query.orderBy().forEach(body.putArray("order_by")::add);
    }
    return body;
  }

  private static <T> SearchPage<T> page(
      JsonNode answer, String name, Function<JsonNode, T> record) {
    return new SearchPage<>(
        Answers.list(answer.path(name), record), answer.path("next_page_token").asText());
  }

  @Override
  public void renameExperiment(String id, String name) {
    client.post("experiments/update", experimentBody(id).put("new_name", name));
  }

  private static ObjectNode experimentBody(String id) {
    return Messages.empty().put("experiment_id", id);
  }

  @Override
  public void deleteExperiment(String id) {
    client.post("experiments/delete", experimentBody(id));
  }

  @Override
  public void restoreExperiment(String id) {
    client.post("experiments/restore", experimentBody(id));
  }

  @Override
  public void tagExperiment(String id, String key, String value) {
    client.post(
        "experiments/set-experiment-tag", experimentBody(id).put("key", key).put("value", value));
  }

  @Override
  public void deleteExperimentTag(String id, String key) {
    client.post("experiments/delete-experiment-tag", experimentBody(id).put("key", key));
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
  public void logModelInputs(String runId, List<String> modelIds) {
    client.post(
        "runs/log-inputs",
        Messages.list(
            runBody(runId), "models", modelIds, id -> Messages.empty().put("model_id", id)));
  }

  private static ObjectNode runBody(String id) {
    return Messages.empty().put("run_id", id);
  }

  @Override
  public void deleteRun(String runId) {
    client.post("runs/delete", runBody(runId));
  }

  @Override
  public void restoreRun(String runId) {
    client.post("runs/restore", runBody(runId));
  }

  @Override
  public void deleteTag(String runId, String key) {
    client.post("runs/delete-tag", runBody(runId).put("key", key));
  }

  @Override
  public SearchPage<Metric> history(
      String runId, String metricKey, int maxResults, String pageToken) {
    var answer =
        client.get(
            "metrics/get-history",
            "run_id",
            runId,
            "metric_key",
            metricKey,
            "max_results",
            Integer.toString(maxResults),
            "page_token",
            pageToken);
    return page(answer, "metrics", Answers::metric);
  }

  /// MLflow serves its bulk history to its pages only; run by run is what any server understands.
  @Override
  public List<RunMetric> histories(List<String> runIds, String metricKey, int maxResults) {
    var points = new ArrayList<RunMetric>();
    for (var run : runIds.stream().sorted().toList()) {
      var wanted = maxResults - points.size();
      if (wanted > 0) {
        history(run, metricKey, wanted, "")
            .items()
            .forEach(point -> points.add(new RunMetric(run, point)));
      }
    }
    return points;
  }

  @Override
  public List<RunMetric> sampledHistories(
      List<String> runIds, String metricKey, StepRange steps, int most) {
    var query = new ArrayList<String>();
    runIds.forEach(run -> query.addAll(List.of("run_ids", run)));
    query.addAll(List.of("metric_key", metricKey, "max_results", Integer.toString(most)));
    if (!steps.equals(StepRange.ALL)) {
      query.addAll(List.of("start_step", Long.toString(steps.first())));
      query.addAll(List.of("end_step", Long.toString(steps.last())));
    }
    var answer = client.get("metrics/get-history-bulk-interval", query.toArray(String[]::new));
    return Answers.list(answer.path("metrics"), Answers::runMetric);
  }

  @Override
  public SearchPage<Run> searchRuns(List<String> experimentIds, ViewType view, SearchQuery query) {
    var body = search(query).put("run_view_type", view.name());
    experimentIds.forEach(body.putArray("experiment_ids")::add);
    return page(client.post("runs/search", body), "runs", Answers::run);
  }

  @Override
  public List<DatasetSummary> datasets(List<String> experimentIds) {
    var body = Messages.empty();
    experimentIds.forEach(body.putArray("experiment_ids")::add);
    var answer = client.post("experiments/search-datasets", body);
    return Answers.list(answer.path("dataset_summaries"), Answers::summary);
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
  public void deleteLoggedModelTag(String modelId, String key) {
    client.send(
        "DELETE", "logged-models/" + modelId + "/tags/" + RestClient.encode(key), Messages.empty());
  }

  @Override
  public void logModelParams(String modelId, Map<String, String> params) {
    client.post(
        "logged-models/" + modelId + "/params", Messages.pairs(Messages.empty(), "params", params));
  }

  @Override
  public void deleteLoggedModel(String modelId) {
    client.send("DELETE", "logged-models/" + modelId, Messages.empty());
  }

  @Override
  public SearchPage<LoggedModel> searchLoggedModels(LoggedModelQuery query) {
    var body = Messages.empty().put("max_results", query.maxResults());
    query.experimentIds().forEach(body.putArray("experiment_ids")::add);
    Messages.putIfPresent(body, "filter", query.filter());
    Messages.putIfPresent(body, "page_token", query.pageToken());
    Messages.list(body, "datasets", query.datasets(), RestTrackingStore::dataset);
    Messages.list(body, "order_by", query.orderBy(), RestTrackingStore::order);
    return page(client.post("logged-models/search", body), "models", Answers::loggedModel);
  }

  private static ObjectNode dataset(LoggedModelQuery.OnDataset dataset) {
    var message = Messages.empty();
    Messages.putIfPresent(message, "dataset_name", dataset.name());
    Messages.putIfPresent(message, "dataset_digest", dataset.digest());
    return message;
  }

  private static ObjectNode order(LoggedModelQuery.Order order) {
    var message = order.dataset() == null ? Messages.empty() : dataset(order.dataset());
    return message.put("field_name", order.field()).put("ascending", order.ascending());
  }
}
