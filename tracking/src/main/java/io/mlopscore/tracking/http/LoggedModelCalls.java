package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

/// The calls under `logged-models`.
final class LoggedModelCalls {
  private static final Pattern BY_NAME = Pattern.compile("name = '([^']*)'");

  private final TrackingStore store;

  LoggedModelCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "POST logged-models", this::create,
        "POST logged-models/search", this::search,
        "GET logged-models/{model_id}", call -> model(store.loggedModel(id(call))),
        "PATCH logged-models/{model_id}", this::finish,
        "PATCH logged-models/{model_id}/tags", this::setTags);
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
    return model(store.loggedModel(id(call)));
  }

  private ObjectNode search(Call call) {
    var filter = call.text("filter").strip();
    var byName = BY_NAME.matcher(filter);
    if (!filter.isEmpty() && !byName.matches()) {
      Unserved.filter(call);
    }
    var found = new ArrayList<LoggedModel>();
    for (var experiment : call.texts("experiment_ids")) {
      found.addAll(store.loggedModelsOf(experiment));
    }
    if (!filter.isEmpty()) {
      found.removeIf(model -> !model.name().equals(byName.group(1)));
    }
    return Page.of(call, 100, 50_000).write("models", found, Messages::loggedModel);
  }

  private static ObjectNode model(LoggedModel model) {
    return Messages.of("model", Messages.loggedModel(model));
  }
}
