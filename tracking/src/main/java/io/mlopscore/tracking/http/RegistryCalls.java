package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelSources;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.RegistryNames;
import io.mlopscore.tracking.SourcePolicy;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchPage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The calls under `registered-models/`; [VersionCalls] has those under `model-versions/`.
final class RegistryCalls {
  private final ModelRegistry registry;
  private final VersionCalls versions;

  RegistryCalls(Tracking tracking, SourcePolicy sources) {
    registry = tracking.registry();
    versions = new VersionCalls(registry, new ModelSources(tracking, sources));
  }

  Map<String, Rpc> table() {
    var table = new HashMap<String, Rpc>();
    table.put("POST registered-models/create", this::create);
    table.put("GET registered-models/get", this::get);
    table.put("GET registered-models/search", this::search);
    table.put("POST registered-models/rename", this::rename);
    table.put("PATCH registered-models/update", this::update);
    table.put("DELETE registered-models/delete", this::delete);
    table.put("POST registered-models/set-tag", this::setTag);
    table.put("DELETE registered-models/delete-tag", this::deleteTag);
    table.put("GET registered-models/get-latest-versions", this::latest);
    table.put("POST registered-models/get-latest-versions", this::latest);
    table.put("POST registered-models/alias", this::setAlias);
    table.put("DELETE registered-models/alias", this::deleteAlias);
    table.put("GET registered-models/alias", this::byAlias);
    table.putAll(versions.table());
    return table;
  }

  private ObjectNode create(Call call) {
    return message(
        registry.createRegisteredModel(
            call.required("name"), call.pairs("tags"), call.text("description")));
  }

  private ObjectNode get(Call call) {
    return message(registry.required(call.required("name")));
  }

  private static ObjectNode message(RegisteredModel model) {
    return Messages.of("registered_model", RegistryMessages.registeredModel(model));
  }

  private ObjectNode search(Call call) {
    var found =
        registry.searchRegisteredModels(SearchFields.query(call, 100, ModelRegistry.MOST_MODELS));
    return page(found, "registered_models", RegistryMessages::registeredModel);
  }

  static <T> ObjectNode page(SearchPage<T> found, String name, Function<T, ObjectNode> message) {
    var answer = Messages.list(Messages.empty(), name, found.items(), message);
    Messages.putIfPresent(answer, "next_page_token", found.nextPageToken());
    return answer;
  }

  private ObjectNode rename(Call call) {
    return message(
        registry.renameRegisteredModel(call.required("name"), call.required("new_name")));
  }

  private ObjectNode update(Call call) {
    return message(
        registry.describeRegisteredModel(call.required("name"), call.text("description")));
  }

  private ObjectNode delete(Call call) {
    registry.deleteRegisteredModel(call.required("name"));
    return Messages.empty();
  }

  private ObjectNode setTag(Call call) {
    registry.setTag(call.required("name"), call.required("key"), call.text("value"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    registry.deleteTag(call.required("name"), call.required("key"));
    return Messages.empty();
  }

  private ObjectNode latest(Call call) {
    return Messages.list(
        Messages.empty(),
        "model_versions",
        registry.latestVersions(call.required("name"), call.texts("stages")),
        RegistryMessages::version);
  }

  private ObjectNode setAlias(Call call) {
    registry.setAlias(call.required("name"), call.required("alias"), VersionCalls.number(call));
    return Messages.empty();
  }

  private ObjectNode deleteAlias(Call call) {
    registry.deleteAlias(call.required("name"), call.required("alias"));
    return Messages.empty();
  }

  private ObjectNode byAlias(Call call) {
    var name = call.required("name");
    var alias = call.required("alias");
    return registry
        .versionByAlias(name, alias)
        .map(VersionCalls::message)
        .orElseThrow(() -> noAlias(name, alias));
  }

  private static TrackingException noAlias(String name, String alias) {
    return RegistryNames.isLatest(alias)
        ? new TrackingException(
            ErrorCode.RESOURCE_DOES_NOT_EXIST, "Latest version not found for model " + name + ".")
        : new TrackingException(
            ErrorCode.INVALID_PARAMETER_VALUE, "Registered model alias " + alias + " not found.");
  }
}
