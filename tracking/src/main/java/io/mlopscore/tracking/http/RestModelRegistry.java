package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.RegistryNames;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The model registry behind a tracking server.
public final class RestModelRegistry implements ModelRegistry {
  private final RestClient client;

  public RestModelRegistry(RestClient client) {
    this.client = client;
  }

  @Override
  public RegisteredModel createRegisteredModel(
      String name, Map<String, String> tags, String description) {
    var body = Messages.pairs(Messages.empty().put("name", name), "tags", tags);
    Messages.putIfPresent(body, "description", description);
    return model(client.post("registered-models/create", body));
  }

  @Override
  public Optional<RegisteredModel> registeredModel(String name) {
    try {
      return Optional.of(model(client.get("registered-models/get", "name", name)));
    } catch (TrackingException e) {
      return RestTrackingStore.absent(e);
    }
  }

  @Override
  public List<RegisteredModel> registeredModels() {
    return pages("registered-models/search", "registered_models", "").stream()
        .map(Answers::registeredModel)
        .toList();
  }

  private List<JsonNode> pages(String call, String name, String filter) {
    var items = new ArrayList<JsonNode>();
    var next = "";
    do {
      var answer = client.get(call, "max_results", "1000", "filter", filter, "page_token", next);
      answer.path(name).forEach(items::add);
      next = answer.path("next_page_token").asText();
    } while (!next.isEmpty());
    return items;
  }

  @Override
  public RegisteredModel describeRegisteredModel(String name, String description) {
    var body = Messages.empty().put("name", name).put("description", description);
    return model(client.send("PATCH", "registered-models/update", body));
  }

  @Override
  public RegisteredModel renameRegisteredModel(String name, String newName) {
    var body = Messages.empty().put("name", name).put("new_name", newName);
    return model(client.post("registered-models/rename", body));
  }

  private static RegisteredModel model(JsonNode answer) {
    return Answers.registeredModel(answer.path("registered_model"));
  }

  @Override
  public void deleteRegisteredModel(String name) {
    client.send("DELETE", "registered-models/delete", Messages.empty().put("name", name));
  }

  @Override
  public void setTag(String name, String key, String value) {
    client.post(
        "registered-models/set-tag",
        Messages.empty().put("name", name).put("key", key).put("value", value));
  }

  @Override
  public void deleteTag(String name, String key) {
    client.send(
        "DELETE",
        "registered-models/delete-tag",
        Messages.empty().put("name", name).put("key", key));
  }

  @Override
  public List<ModelVersion> latestVersions(String name, List<String> stages) {
    var body = Messages.empty().put("name", name);
    stages.forEach(body.withArray("stages")::add);
    var answer = client.post("registered-models/get-latest-versions", body);
    return Answers.list(answer.path("model_versions"), Answers::version);
  }

  @Override
  public ModelVersion createVersion(NewModelVersion version) {
    var body = Messages.empty().put("name", version.name()).put("source", version.source());
    Messages.putIfPresent(body, "run_id", version.runId());
    Messages.putIfPresent(body, "model_id", version.modelId());
    Messages.putIfPresent(body, "description", version.description());
    Messages.putIfPresent(body, "run_link", version.runLink());
    return version(
        client.post("model-versions/create", Messages.pairs(body, "tags", version.tags())));
  }

  private static ModelVersion version(JsonNode answer) {
    return Answers.version(answer.path("model_version"));
  }

  @Override
  public ModelVersion version(String name, int version) {
    return version(
        client.get("model-versions/get", "name", name, "version", Integer.toString(version)));
  }

  /// A search leaves the aliases out; they are with the model, whose absence is an error.
  @Override
  public List<ModelVersion> versions(String name) {
    var model = model(client.get("registered-models/get", "name", name));
    var aliases = new HashMap<Integer, List<String>>();
    new TreeMap<>(model.aliases())
        .forEach(
            (alias, version) ->
                aliases.computeIfAbsent(version, _ -> new ArrayList<>()).add(alias));
    return pages("model-versions/search", "model_versions", versionsOf(model)).stream()
        .map(Answers::version)
        .map(version -> version.withAliases(aliases.getOrDefault(version.version(), List.of())))
        .sorted(Comparator.comparingInt(ModelVersion::version).reversed())
        .toList();
  }

  private static String versionsOf(RegisteredModel model) {
    var quote = model.name().contains("'") ? "\"" : "'"; // MLflow knows no escape
    var filter = "name = " + quote + model.name() + quote;
    return Prompts.isPrompt(model.tags())
        ? filter + " AND tags.`" + Prompts.TAG + "` = 'true'"
        : filter;
  }

  @Override
  public Optional<ModelVersion> versionByAlias(String name, String alias) {
    if (RegistryNames.isLatest(alias)) { // servers before 3.0 know no such alias
      return latestVersions(name, List.of()).stream()
          .max(Comparator.comparingInt(ModelVersion::version));
    }
    try {
      return Optional.of(
          version(client.get("registered-models/alias", "name", name, "alias", alias)));
    } catch (TrackingException e) {
      // MLflow says INVALID_PARAMETER_VALUE when only the alias is missing.
      if (e.code() == ErrorCode.INVALID_PARAMETER_VALUE
          && String.valueOf(e.getMessage()).contains("not found")) {
        return Optional.empty();
      }
      return RestTrackingStore.absent(e);
    }
  }

  @Override
  public ModelVersion describeVersion(String name, int version, @Nullable String description) {
    var body = at(name, version);
    if (description != null) {
      body.put("description", description);
    }
    return version(client.send("PATCH", "model-versions/update", body));
  }

  @Override
  public ModelVersion transitionStage(
      String name, int version, ModelStage stage, boolean archiveOthers) {
    return version(
        client.post(
            "model-versions/transition-stage",
            at(name, version)
                .put("stage", stage.word())
                .put("archive_existing_versions", archiveOthers)));
  }

  @Override
  public void deleteVersion(String name, int version) {
    client.send("DELETE", "model-versions/delete", at(name, version));
  }

  @Override
  public void setAlias(String name, String alias, int version) {
    client.post("registered-models/alias", at(name, version).put("alias", alias));
  }

  @Override
  public void deleteAlias(String name, String alias) {
    client.send(
        "DELETE",
        "registered-models/alias",
        Messages.empty().put("name", name).put("alias", alias));
  }

  @Override
  public void setVersionTag(String name, int version, String key, String value) {
    client.post("model-versions/set-tag", at(name, version).put("key", key).put("value", value));
  }

  @Override
  public void deleteVersionTag(String name, int version, String key) {
    client.send("DELETE", "model-versions/delete-tag", at(name, version).put("key", key));
  }

  private static ObjectNode at(String name, int version) {
    return Messages.empty().put("name", name).put("version", Integer.toString(version));
  }

  @Override
  public String downloadUri(String name, int version) {
    return client
        .get("model-versions/get-download-uri", "name", name, "version", Integer.toString(version))
        .path("artifact_uri")
        .asText();
  }
}
