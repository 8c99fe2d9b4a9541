package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.LoggedModelQuery;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.Map;

/// The calls under `logged-models`.
final class LoggedModelCalls {
  private static final int USUAL_RESULTS = 100;
  private static final int MOST_RESULTS = 50_000;
  private static final long BYTES_OF_MODEL = 10_000;

  private final TrackingStore store;

  LoggedModelCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.ofEntries(
        Map.entry("POST logged-models", this::create),
        Map.entry("POST logged-models/search", Rpc.large(LoggedModelCalls::bytes, this::search)),
        Map.entry("GET logged-models/{model_id}", call -> model(store.loggedModel(id(call)))),
        Map.entry("PATCH logged-models/{model_id}", this::finish),
        Map.entry("PATCH logged-models/{model_id}/tags", this::setTags),
        Map.entry("DELETE logged-models/{model_id}/tags/{tag_key}", this::deleteTag),
        Map.entry("POST logged-models/{model_id}/params", this::logParams),
        Map.entry("DELETE logged-models/{model_id}", this::delete));
  }

  private static String id(Call call) {
    return call.required("model_id");
  }

  private ObjectNode create(Call call) {
    return model(
        store.createLoggedModel(
            new NewLoggedModel(
                call.required("experiment_id"),
                call.text("name"),
                call.optional("model_type"),
                call.optional("source_run_id"),
                call.pairs("params"),
                call.pairs("tags"))));
  }

  private ObjectNode finish(Call call) {
    var name = call.required("status").replace("LOGGED_MODEL_", "");
    for (var status : LoggedModel.Status.values()) {
      if (status.name().equals(name)) {
        return model(store.finishLoggedModel(id(call), status));
      }
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid value \"" + call.text("status") + "\" for parameter 'status' supplied.");
  }

  private ObjectNode setTags(Call call) {
    store.tagLoggedModel(id(call), call.pairs("tags"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    store.deleteLoggedModelTag(id(call), call.required("tag_key"));
    return Messages.empty();
  }

  private ObjectNode logParams(Call call) {
    store.logModelParams(id(call), call.pairs("params"));
    return Messages.empty();
  }

  private ObjectNode delete(Call call) {
    store.deleteLoggedModel(id(call));
    return Messages.empty();
  }

  private static long bytes(Call call) {
    return Listing.bytes(size(call), BYTES_OF_MODEL);
  }

  private static int size(Call call) {
    return call.whole("max_results", 0) == 0
        ? USUAL_RESULTS
        : call.limit("max_results", USUAL_RESULTS, MOST_RESULTS);
  }

  private Listing<LoggedModel> search(Call call) {
    var experiments = call.texts("experiment_ids");
    if (experiments.isEmpty()) {
      call.required("experiment_ids");
    }
    var query =
        new LoggedModelQuery(
            experiments,
            call.text("filter"),
            call.objects("datasets").map(LoggedModelCalls::dataset).toList(),
            call.objects("order_by").map(LoggedModelCalls::order).toList(),
            size(call),
            call.text("page_token"));
    return Listing.of("models", store.searchLoggedModelsInParts(query), Messages::loggedModel);
  }

  private static LoggedModelQuery.OnDataset dataset(Call call) {
    if (call.text("dataset_name").isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "`dataset_name` in the `datasets` clause must be specified.");
    }
    return new LoggedModelQuery.OnDataset(
        call.text("dataset_name"), call.optional("dataset_digest"));
  }

  private static LoggedModelQuery.Order order(Call call) {
    var name = call.text("dataset_name");
    var digest = call.optional("dataset_digest");
    return new LoggedModelQuery.Order(
        call.required("field_name"),
        call.fields().path("ascending").asBoolean(true),
        name.isEmpty() && digest == null ? null : new LoggedModelQuery.OnDataset(name, digest));
  }

  private static ObjectNode model(LoggedModel model) {
    return Messages.of("model", Messages.loggedModel(model));
  }
}
