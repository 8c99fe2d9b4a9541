package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.events.Change;
import io.mlopscore.tracking.events.RegistryChange;
import io.mlopscore.tracking.events.RunChange;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Changes as server-sent events: a type, and JSON with MLflow's field names. What happens to
/// registered models has the type that MLflow's webhooks give it.
record EventMessage(String type, ObjectNode data) {
  static EventMessage of(Change change) {
    return switch (change) {
      case RunChange run -> run(run);
      case RegistryChange registry -> registry(registry);
    };
  }

  private static EventMessage run(RunChange change) {
    var data = Messages.empty().put("run_id", change.runId());
    return switch (change) {
      case RunChange.Created(var info) -> new EventMessage("run.created", Messages.info(info));
      case RunChange.Updated(_, var status, var endTime) ->
          new EventMessage("run.updated", updated(data, status, endTime));
      case RunChange.Moved(_, var stage) ->
          new EventMessage(
              "run.moved", data.put("lifecycle_stage", stage.name().toLowerCase(Locale.ROOT)));
      case RunChange.MetricsLogged(_, var metrics) ->
          new EventMessage(
              "run.metrics", Messages.list(data, "metrics", metrics, Messages::metric));
      case RunChange.ParamsLogged(_, var keys) -> new EventMessage("run.params", keys(data, keys));
      case RunChange.TagsChanged(_, var keys) -> new EventMessage("run.tags", keys(data, keys));
      case RunChange.InputsLogged _ -> new EventMessage("run.inputs", data);
      case RunChange.OutputLogged(_, var modelId) ->
          new EventMessage("run.output", data.put("model_id", modelId));
    };
  }

  private static ObjectNode updated(
      ObjectNode data, @Nullable Enum<?> status, @Nullable Long endTime) {
    Messages.putIfPresent(data, "status", status == null ? "" : status.name());
    return endTime == null ? data : data.put("end_time", endTime);
  }

  private static ObjectNode keys(ObjectNode data, List<String> keys) {
    var array = data.putArray("keys");
    keys.forEach(array::add);
    return data;
  }

  private static EventMessage registry(RegistryChange change) {
    var data = Messages.empty().put("name", change.name());
    return switch (change) {
      case RegistryChange.ModelCreated(_, var tags, var description) ->
          new EventMessage(
              "registered_model.created",
              Messages.pairs(data.put("description", description), "tags", tags));
      case RegistryChange.ModelUpdated _ -> new EventMessage("registered_model.updated", data);
      case RegistryChange.ModelRenamed(_, var newName) ->
          new EventMessage("registered_model.renamed", data.put("new_name", newName));
      case RegistryChange.ModelDeleted _ -> new EventMessage("registered_model.deleted", data);
      case RegistryChange.ModelTagChanged(_, var key, var value) ->
          tag("registered_model_tag", data, key, value);
      case RegistryChange.VersionCreated(var version) ->
          new EventMessage("model_version.created", RegistryMessages.version(version));
      case RegistryChange.VersionUpdated(_, var version) ->
          new EventMessage("model_version.updated", version(data, version));
      case RegistryChange.VersionDeleted(_, var version) ->
          new EventMessage("model_version.deleted", version(data, version));
      case RegistryChange.StageChanged(_, var version, var stage) ->
          new EventMessage("model_version.stage", version(data, version).put("stage", stage));
      case RegistryChange.VersionTagChanged(_, var version, var key, var value) ->
          tag("model_version_tag", version(data, version), key, value);
      case RegistryChange.AliasSet(_, var alias, var version) ->
          new EventMessage(
              "model_version_alias.created", version(data, version).put("alias", alias));
      case RegistryChange.AliasDeleted(_, var alias) ->
          new EventMessage("model_version_alias.deleted", data.put("alias", alias));
    };
  }

  private static EventMessage tag(
      String entity, ObjectNode data, String key, @Nullable String value) {
    data.put("key", key);
    return value == null
        ? new EventMessage(entity + ".deleted", data)
        : new EventMessage(entity + ".set", data.put("value", value));
  }

  private static ObjectNode version(ObjectNode data, int version) {
    return data.put("version", Integer.toString(version));
  }
}
