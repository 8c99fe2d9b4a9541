package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Registered models and their versions as MLflow's messages.
final class RegistryMessages {
  private RegistryMessages() {}

  static ObjectNode registeredModel(RegisteredModel model) {
    var message =
        Messages.empty()
            .put("name", model.name())
            .put("creation_timestamp", model.creationTime())
            .put("last_updated_timestamp", model.lastUpdatedTime());
    Messages.putIfPresent(message, "description", model.description());
    Messages.list(message, "latest_versions", model.latestVersions(), RegistryMessages::version);
    Messages.pairs(message, "tags", model.tags());
    return Messages.list(
        message,
        "aliases",
        List.copyOf(new TreeMap<>(model.aliases()).entrySet()),
        alias ->
            Messages.empty()
                .put("alias", alias.getKey())
                .put("version", alias.getValue().toString()));
  }

  static ObjectNode version(ModelVersion version) {
    var message =
        Messages.empty()
            .put("name", version.name())
            .put("version", Integer.toString(version.version()))
            .put("creation_timestamp", version.creationTime())
            .put("last_updated_timestamp", version.lastUpdatedTime())
            .put("current_stage", version.stage())
            .put("source", version.source())
            .put("status", version.status());
    putUnlessNull(message, "description", version.description());
    putUnlessNull(message, "user_id", version.userId());
    putUnlessNull(message, "run_id", version.runId());
    putUnlessNull(message, "run_link", version.runLink());
    Messages.putIfPresent(message, "status_message", version.statusMessage());
    Messages.pairs(message, "tags", version.tags());
    if (!version.aliases().isEmpty()) {
      var aliases = message.putArray("aliases");
      version.aliases().forEach(aliases::add);
    }
    return message;
  }

  /// An empty text that was given is sent.
  private static void putUnlessNull(ObjectNode into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }
}
