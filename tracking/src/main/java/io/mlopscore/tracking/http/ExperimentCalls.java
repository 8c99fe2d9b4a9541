package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Experiment;
import io.mlopscore.tracking.NewExperiment;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.search.SearchParts;
import java.util.Map;

/// The calls under `experiments/`.
final class ExperimentCalls {
  private static final int MOST_EXPERIMENTS = 20;
  private static final int AT_ONCE = 1000;
  private static final long BYTES_AT_ONCE = 1 << 20;

  private final TrackingStore store;

  ExperimentCalls(TrackingStore store) {
    this.store = store;
  }

  Map<String, Rpc> table() {
    return Map.ofEntries(
        Map.entry("POST experiments/create", this::create),
        Map.entry("GET experiments/get", call -> get(id(call))),
        Map.entry("GET experiments/get-by-name", this::getByName),
        Map.entry("GET experiments/search", Rpc.large(_ -> BYTES_AT_ONCE, this::search)),
        Map.entry("POST experiments/search", Rpc.large(_ -> BYTES_AT_ONCE, this::search)),
        Map.entry("POST experiments/update", this::update),
        Map.entry("POST experiments/delete", this::delete),
        Map.entry("POST experiments/restore", this::restore),
        Map.entry("POST experiments/set-experiment-tag", this::setTag),
        Map.entry("POST experiments/delete-experiment-tag", this::deleteTag),
        Map.entry("POST experiments/search-datasets", this::searchDatasets));
  }

  private static String id(Call call) {
    return call.required("experiment_id");
  }

  private ObjectNode create(Call call) {
    var id =
        store.createExperiment(
            new NewExperiment(
                call.required("name"), call.text("artifact_location"), call.pairs("tags")));
    return Messages.empty().put("experiment_id", id);
  }

  private ObjectNode update(Call call) {
    store.renameExperiment(id(call), call.required("new_name"));
    return Messages.empty();
  }

  private ObjectNode delete(Call call) {
    store.deleteExperiment(id(call));
    return Messages.empty();
  }

  private ObjectNode restore(Call call) {
    store.restoreExperiment(id(call));
    return Messages.empty();
  }

  private ObjectNode setTag(Call call) {
    store.tagExperiment(id(call), call.required("key"), call.text("value"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    store.deleteExperimentTag(id(call), call.required("key"));
    return Messages.empty();
  }

  private ObjectNode searchDatasets(Call call) {
    var experiments = call.texts("experiment_ids");
    if (experiments.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "SearchDatasets request must specify at least one experiment_id.");
    }
    if (experiments.size() > MOST_EXPERIMENTS) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "SearchDatasets request cannot specify more than "
              + MOST_EXPERIMENTS
              + " experiment_ids. Received "
              + experiments.size()
              + " experiment_ids.");
    }
    return Messages.list(
        Messages.empty(), "dataset_summaries", store.datasets(experiments), Messages::summary);
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

  private Listing<Experiment> search(Call call) {
    var view = SearchFields.view(call, "view_type");
    var found =
        SearchParts.of(
            SearchFields.query(call), AT_ONCE, query -> store.searchExperiments(view, query));
    return Listing.of("experiments", found, Messages::experiment);
  }
}
