package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelSources;
import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.SearchParts;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls under `model-versions/`.
final class VersionCalls {
  private static final int AT_ONCE = 1000;
  private static final long BYTES_AT_ONCE = 2 << 20;

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
        "GET model-versions/search", Rpc.large(_ -> BYTES_AT_ONCE, this::search),
        "PATCH model-versions/update", this::update,
        "POST model-versions/transition-stage", this::transition,
        "DELETE model-versions/delete", this::delete,
        "GET model-versions/get-download-uri", this::downloadUri,
        "POST model-versions/set-tag", this::setTag,
        "DELETE model-versions/delete-tag", this::deleteTag);
  }

  static ObjectNode message(ModelVersion version) {
    return Messages.of("model_version", RegistryMessages.version(version));
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

  private Listing<ModelVersion> search(Call call) {
    var most = call.whole("max_results", 1);
    if (most < 1) {
      throw refused(
          "Invalid value for max_results. It must be a positive integer, but got " + most);
    }
    var query = SearchFields.query(call, 10_000, ModelRegistry.MOST_VERSIONS);
    return Listing.of(
        "model_versions",
        SearchParts.of(query, AT_ONCE, registry::searchVersions),
        RegistryMessages::version);
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
        .put(
            "artifact_uri",
            registry.downloadUri(
                call.text("name"), number(call.text("name"), call.text("version"))));
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

  /// The version that a call is about.
  static int number(Call call) {
    return number(call.required("name"), call.required("version"));
  }

  /// As Python reads whole numbers: with spaces, zeros in front, and of any size.
  private static int number(String name, String version) {
    try {
      return new BigInteger(version.strip()).intValueExact();
    } catch (NumberFormatException _) {
      throw refused("Parameter 'version' must be an integer, got '" + version + "'.");
    } catch (ArithmeticException e) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST,
          "Model Version (name=" + name + ", version=" + version + ") not found",
          e);
    }
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
