package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return Answers.registeredModel(
        client.post("registered-models/create", body).path("registered_model"));
  }

  @Override
  public Optional<RegisteredModel> registeredModel(String name) {
    try {
      var answer = client.get("registered-models/get", "name", name);
      return Optional.of(Answers.registeredModel(answer.path("registered_model")));
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
  public ModelVersion createVersion(
      String name,
      String source,
      @Nullable String runId,
      @Nullable String modelId,
      Map<String, String> tags) {
    var body = Messages.empty().put("name", name).put("source", source);
    Messages.putIfPresent(body, "run_id", runId);
    Messages.putIfPresent(body, "model_id", modelId);
    return version(client.post("model-versions/create", Messages.pairs(body, "tags", tags)));
  }

  private static ModelVersion version(JsonNode answer) {
    return Answers.version(answer.path("model_version"));
  }

  @Override
  public ModelVersion version(String name, int version) {
    return version(
        client.get("model-versions/get", "name", name, "version", Integer.toString(version)));
  }

  @Override
  public List<ModelVersion> versions(String name) {
    client.get("registered-models/get", "name", name); // an absent model is an error, not empty
    var filter = "name='" + name.replace("'", "''") + "'";
    return pages("model-versions/search", "model_versions", filter).stream()
        .map(Answers::version)
        .sorted(Comparator.comparingInt(ModelVersion::version).reversed())
        .toList();
  }

  @Override
  public Optional<ModelVersion> versionByAlias(String name, String alias) {
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
