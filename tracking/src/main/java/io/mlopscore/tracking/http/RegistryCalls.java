package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The calls under `registered-models/` and `model-versions/`.
final class RegistryCalls {
  private final ModelRegistry registry;

  RegistryCalls(ModelRegistry registry) {
    this.registry = registry;
  }

  Map<String, Rpc> table() {
    return Map.ofEntries(
        Map.entry("POST registered-models/create", this::create),
        Map.entry("GET registered-models/get", call -> model(find(call.required("name")))),
        Map.entry("GET registered-models/search", this::search),
        Map.entry("GET registered-models/get-latest-versions", this::latest),
        Map.entry("POST registered-models/get-latest-versions", this::latest),
        Map.entry("POST registered-models/alias", this::setAlias),
        Map.entry("DELETE registered-models/alias", this::deleteAlias),
        Map.entry("GET registered-models/alias", this::byAlias),
        Map.entry("POST model-versions/create", this::createVersion),
        Map.entry("GET model-versions/get", this::version),
        Map.entry("GET model-versions/search", this::searchVersions),
        Map.entry("GET model-versions/get-download-uri", this::downloadUri),
        Map.entry("POST model-versions/set-tag", this::setTag),
        Map.entry("DELETE model-versions/delete-tag", this::deleteTag));
  }

  private ObjectNode create(Call call) {
    return model(
        registry.createRegisteredModel(
            call.required("name"), call.pairs("tags"), call.text("description")));
  }

  private RegisteredModel find(String name) {
    return registry
        .registeredModel(name)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "Registered Model with name=" + name + " not found"));
  }

  private ObjectNode model(RegisteredModel model) {
    return Messages.of("registered_model", message(model));
  }

  private ObjectNode message(RegisteredModel model) {
    return Messages.registeredModel(model, latest(model.name()));
  }

  private ObjectNode search(Call call) {
    Unserved.order(call, "name ASC", "name");
    var filter = RegistryFilter.of(call);
    var found =
        registry.registeredModels().stream()
            .filter(model -> filter.takes(model.name(), model.tags()))
            .toList();
    return Page.of(call, 100, 1000).write("registered_models", found, this::message);
  }

  private ObjectNode latest(Call call) {
    return Messages.list(
        Messages.empty(), "model_versions", latest(call.required("name")), Messages::version);
  }

  /// The newest version of each stage.
  private List<ModelVersion> latest(String name) {
    var newest = new ArrayList<ModelVersion>();
    for (var version : registry.versions(name)) {
      if (newest.stream().noneMatch(other -> other.stage().equals(version.stage()))) {
        newest.add(version);
      }
    }
    return newest;
  }

  private ObjectNode setAlias(Call call) {
    registry.setAlias(call.required("name"), call.required("alias"), number(call));
    return Messages.empty();
  }

  private ObjectNode deleteAlias(Call call) {
    registry.deleteAlias(call.required("name"), call.required("alias"));
    return Messages.empty();
  }

  private ObjectNode byAlias(Call call) {
    var name = find(call.required("name")).name();
    var alias = call.required("alias");
    return registry
        .versionByAlias(name, alias)
        .map(RegistryCalls::message)
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Registered model alias " + alias + " not found."));
  }

  private static ObjectNode message(ModelVersion version) {
    return Messages.of("model_version", Messages.version(version));
  }

  private ObjectNode createVersion(Call call) {
    Unserved.field(call, "description");
    Unserved.field(call, "run_link");
    return message(
        registry.createVersion(
            call.required("name"),
            Names.remoteSource(call.required("source")),
            call.optional("run_id"),
            call.optional("model_id"),
            call.pairs("tags")));
  }

  private ObjectNode version(Call call) {
    return message(registry.version(call.required("name"), number(call)));
  }

  private ObjectNode searchVersions(Call call) {
    Unserved.order(call, "version_number DESC", "name ASC");
    var filter = RegistryFilter.of(call);
    var found = new ArrayList<ModelVersion>();
    for (var model : registry.registeredModels()) {
      if (filter.takes(model.name(), model.tags())) {
        found.addAll(registry.versions(model.name()));
      }
    }
    return Page.of(call, 10_000, 200_000).write("model_versions", found, Messages::version);
  }

  private ObjectNode downloadUri(Call call) {
    return Messages.empty()
        .put("artifact_uri", registry.downloadUri(call.required("name"), number(call)));
  }

  private ObjectNode setTag(Call call) {
    registry.setVersionTag(
        call.required("name"), number(call), call.required("key"), call.text("value"));
    return Messages.empty();
  }

  private ObjectNode deleteTag(Call call) {
    registry.deleteVersionTag(call.required("name"), number(call), call.required("key"));
    return Messages.empty();
  }

  private static int number(Call call) {
    var version = call.required("version");
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException _) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Model version must be an integer, got '" + version + "'.");
    }
  }
}
