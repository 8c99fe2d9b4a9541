package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.List;
import java.util.Map;

/// The calls under `runs/` and `metrics/`.
final class RunCalls {
  private static final int MOST_ENTITIES = 1000;
  private static final int MOST_PARAMS = 100;

  private static final long BYTES_OF_RUN = 20_000;

  private final TrackingStore store;

  RunCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.ofEntries(
        Map.entry("POST runs/create", this::create),
        Map.entry("GET runs/get", call -> run(call.run())),
        Map.entry("POST runs/update", this::update),
        Map.entry("POST runs/search", Rpc.large(RunCalls::bytes, this::search)),
        Map.entry("POST runs/log-metric", this::logMetric),
        Map.entry("POST runs/log-parameter", this::logParam),
        Map.entry("POST runs/set-tag", this::setTag),
        Map.entry("POST runs/log-batch", this::logBatch),
        Map.entry("POST runs/log-inputs", this::logInputs),
        Map.entry("POST runs/outputs", this::logOutputs),
        Map.entry("POST runs/delete", this::delete),
        Map.entry("POST runs/restore", this::restore),
        Map.entry("POST runs/delete-tag", this::deleteTag),
        Map.entry("POST runs/log-model", this::logModel));
  }

  private ObjectNode create(Call call) {
    var run =
        store.createRun(
            new NewRun(
                call.required("experiment_id"),
                call.text("run_name"),
                call.text("user_id"),
                call.whole("start_time", 0),
                call.pairs("tags")));
    return Messages.of("run", Messages.run(run));
  }

  private ObjectNode run(String id) {
    return Messages.of("run", Messages.runWithOutputs(store.run(id)));
  }

  private ObjectNode delete(Call call) {
    store.deleteRun(call.required("run_id"));
    return Messages.empty();
  }

  private ObjectNode restore(Call call) {
    store.restoreRun(call.required("run_id"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    store.deleteTag(call.required("run_id"), call.required("key"));
    return Messages.empty();
  }

  private ObjectNode logModel(Call call) {
    var run = call.required("run_id");
    var tags = store.run(run).tags();
    var models = ModelTag.with(tags.getOrDefault(ModelTag.KEY, ""), call.required("model_json"));
    return log(run, List.of(), Map.of(), Map.of(ModelTag.KEY, models));
  }

  private ObjectNode update(Call call) {
    var id = call.run();
    if (!call.text("run_name").isEmpty()) {
      log(id, List.of(), Map.of(), Map.of("mlflow.runName", call.text("run_name")));
    }
    var status = call.text("status");
    store.updateRun(id, status.isEmpty() ? null : status(status), call.wholeOrNull("end_time"));
    return Messages.of("run_info", Messages.info(store.run(id).info()));
  }

  private static RunStatus status(String name) {
    for (var status : RunStatus.values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value \"" + name + "\" for parameter 'status' supplied.");
  }

  private static long bytes(Call call) {
    return Listing.bytes(SearchFields.query(call).maxResults(), BYTES_OF_RUN);
  }

  private Listing<Run> search(Call call) {
    var runs =
        store.searchRunsInParts(
            call.texts("experiment_ids"),
            SearchFields.view(call, "run_view_type"),
            SearchFields.query(call));
    return Listing.of("runs", runs, Messages::runWithOutputs);
  }

  private ObjectNode logMetric(Call call) {
    return log(call.run(), List.of(call.metric()), Map.of(), Map.of());
  }

  private ObjectNode logParam(Call call) {
    return log(call.run(), List.of(), Map.of(call.required("key"), call.text("value")), Map.of());
  }

  private ObjectNode setTag(Call call) {
    return log(call.run(), List.of(), Map.of(), Map.of(call.required("key"), call.text("value")));
  }

  private ObjectNode logBatch(Call call) {
    var metrics = call.objects("metrics").map(Call::metric).toList();
    var params = call.pairs("params");
    var tags = call.pairs("tags");
    refuseMoreThan(MOST_ENTITIES, "metrics", metrics.size());
    refuseMoreThan(MOST_PARAMS, "params", params.size());
    refuseMoreThan(MOST_PARAMS, "tags", tags.size());
    refuseMoreThan(MOST_ENTITIES, "entities", metrics.size() + params.size() + tags.size());
    return log(call.run(), metrics, params, tags);
  }

  private static void refuseMoreThan(int most, String what, int count) {
    if (count > most) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "A batch logging request can contain at most "
              + most
              + " "
              + what
              + ". Got "
              + count
              + " "
              + what
              + ". Please split up "
              + what
              + " across multiple requests and try again.");
    }
  }

  private ObjectNode log(
      String run, List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
    store.log(run, new RunBatch(metrics, params, tags));
    return Messages.empty();
  }

  private ObjectNode logInputs(Call call) {
    var run = call.required("run_id");
    var models = call.objects("models").map(model -> model.required("model_id")).toList();
    store.logInputs(run, call.objects("datasets").map(RunCalls::input).toList());
    if (!models.isEmpty()) {
      store.logModelInputs(run, models);
    }
    return Messages.empty();
  }

  private static DatasetInput input(Call call) {
    var dataset = call.object("dataset");
    return new DatasetInput(
        new Dataset(
            dataset.required("name"),
            dataset.required("digest"),
            dataset.required("source_type"),
            dataset.required("source"),
            dataset.optional("schema"),
            dataset.optional("profile")),
        call.pairs("tags"));
  }

  private ObjectNode logOutputs(Call call) {
    var run = call.required("run_id");
    call.objects("models")
        .forEach(model -> store.logOutput(run, model.required("model_id"), model.whole("step", 0)));
    return Messages.empty();
  }
}
