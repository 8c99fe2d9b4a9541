package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelSources;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.TrackingException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls under `model-versions/`.
final class VersionCalls {
  private static final int NEVER = -1;

  private final ModelRegistry registry;
  private final ModelSources sources;

  VersionCalls(ModelRegistry registry, ModelSources sources) {
    this.registry = registry;
    this.sources = sources;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "POST model-versions/create", this::create,
        "GET model-versions/get", this::get,
        "GET model-versions/search", this::search,
        "PATCH model-versions/update", this::update,
        "POST model-versions/transition-stage", this::transition,
        "DELETE model-versions/delete", this::delete,
        "GET model-versions/get-download-uri", this::downloadUri,
        "POST model-versions/set-tag", this::setTag,
        "DELETE model-versions/delete-tag", this::deleteTag);
  }

  static ObjectNode message(ModelVersion version) {
    return Messages.of("model_version", Messages.version(version));
  }

  private ObjectNode create(Call call) {
    return message(
        registry.createVersion(
            sources.checked(
                new NewModelVersion(
                    call.required("name"),
                    call.required("source"),
                    sent(call, "run_id"),
                    sent(call, "model_id"),
                    call.pairs("tags"),
                    call.text("description"),
                    call.text("run_link")))));
  }

  /// A text that may be sent empty, which is not the same as left out.
  private static @Nullable String sent(Call call, String name) {
    return call.fields().hasNonNull(name) ? call.text(name) : null;
  }

  private ObjectNode get(Call call) {
    return message(registry.version(call.required("name"), number(call)));
  }

  private ObjectNode search(Call call) {
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

  private ObjectNode update(Call call) {
    return message(
        registry.describeVersion(call.required("name"), number(call), sent(call, "description")));
  }

  private ObjectNode transition(Call call) {
    return message(
        registry.transitionStage(
            call.required("name"),
            number(call),
            ModelStage.of(call.required("stage")),
            call.flag("archive_existing_versions")));
  }

  private ObjectNode delete(Call call) {
    registry.deleteVersion(call.required("name"), number(call));
    return Messages.empty();
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

  /// The number of a version, as Python reads whole numbers; none is as large as [#NEVER] stands
  /// for.
  static int number(Call call) {
    var version = call.required("version");
    try {
      var number = new BigInteger(version.strip());
      return number.bitLength() < Integer.SIZE ? number.intValue() : NEVER;
    } catch (NumberFormatException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Parameter 'version' must be an integer, got '" + version + "'.",
          e);
    }
  }
}
