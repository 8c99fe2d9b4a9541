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
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The model registry behind a tracking server.
public final class RestModelRegistry implements ModelRegistry {
  private static final int PAGE = 1000;

  private final ApiClient client;

  public RestModelRegistry(RestClient client) {
    this((ApiClient) client);
  }

  RestModelRegistry(ApiClient client) {
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
  public SearchPage<RegisteredModel> searchRegisteredModels(SearchQuery query) {
    var answer = search("registered-models/search", query);
    return page(answer, Answers.list(answer.path("registered_models"), Answers::registeredModel));
  }

  @Override
  public SearchPage<ModelVersion> searchVersions(SearchQuery query) {
    var answer = search("model-versions/search", query);
    return page(answer, Answers.list(answer.path("model_versions"), Answers::version));
  }

  private JsonNode search(String call, SearchQuery query) {
    var fields = new ArrayList<String>();
    Collections.addAll(fields, "max_results", Integer.toString(query.maxResults()));
    if (!query.filter().isEmpty()) {
      Collections.addAll(fields, "filter", query.filter());
    }
    if (!query.pageToken().isEmpty()) {
      Collections.addAll(fields, "page_token", query.pageToken());
    }
    query.orderBy().forEach(order -> Collections.addAll(fields, "order_by", order));
    return client.get(call, fields.toArray(String[]::new));
  }

  private static <T> SearchPage<T> page(JsonNode answer, List<T> items) {
    return new SearchPage<>(items, answer.path("next_page_token").asText());
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
    var first = SearchQuery.first(versionsOf(model), PAGE);
    return SearchPage.all(token -> searchVersions(first.after(token))).stream()
        .filter(version -> version.name().equals(name))
        .map(version -> version.withAliases(aliases.getOrDefault(version.version(), List.of())))
        .sorted(Comparator.comparingInt(ModelVersion::version).reversed())
        .toList();
  }

  /// MLflow knows no escape, so what no quotes can hold is any character of a pattern.
  private static String versionsOf(RegisteredModel model) {
    var name = model.name();
    var filter =
        name.contains("'")
            ? "name LIKE \"" + name.replace('"', '_').replace('\\', '_') + "\""
            : "name = '" + name + "'";
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
