package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.util.Map;

/// The calls under `experiments/`.
final class ExperimentCalls {
  private final TrackingStore store;

  ExperimentCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "POST experiments/create", this::create,
        "GET experiments/get", call -> get(call.required("experiment_id")),
        "GET experiments/get-by-name", this::getByName,
        "GET experiments/search", this::search,
        "POST experiments/search", this::search);
  }

  private ObjectNode create(Call call) {
    if (!call.text("artifact_location").isEmpty()) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "An artifact_location of its own is not served yet; leave it out.");
    }
    var id = store.createExperiment(call.required("name"), call.pairs("tags"));
    return Messages.empty().put("experiment_id", id);
  }

  private ObjectNode get(String id) {
    return Messages.of("experiment", Messages.experiment(store.experiment(id)));
  }

  private ObjectNode getByName(Call call) {
    var name = call.required("experiment_name");
    return store
        .experimentByName(name)
        .map(found -> Messages.of("experiment", Messages.experiment(found)))
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Could not find experiment with name '" + name + "'"));
  }

  private ObjectNode search(Call call) {
    Unserved.filter(call);
    Unserved.view(call, "view_type");
    Unserved.order(call, "creation_time DESC", "last_update_time DESC");
    return Page.of(call, 1000, 50_000)
        .write("experiments", store.experiments(), Messages::experiment);
  }
}
