package io.mlopscore.tracking.http;

import static io.mlopscore.tracking.auth.Requirement.experiment;
import static io.mlopscore.tracking.auth.Requirement.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a trace says of assessments, runs and logged models, which may be hidden from somebody who
/// sees the trace: it is left out of answers, and nobody finds it out by a search.
record WithheldFromTraces(Caller caller) {
  private static final Map<String, ResourceType> METADATA =
      Map.of(TraceInfo.SOURCE_RUN, ResourceType.RUN, "mlflow.modelId", ResourceType.LOGGED_MODEL);

  private static final Set<ResourceType> KINDS =
      EnumSet.of(ResourceType.ASSESSMENT, ResourceType.RUN, ResourceType.LOGGED_MODEL);

  /// Whether somebody may search by all that filters and orders name.
  boolean allows(List<String> experiments, List<String> filters, List<String> orders) {
    var parsed =
        filters.stream().map(text -> FilterParser.parse(text, Vocabularies.TRACES)).toList();
    var sorted = FilterParser.orders(orders, Vocabularies.TRACES);
    return KINDS.stream()
        .filter(
            kind ->
                parsed.stream().anyMatch(filter -> filter.mentions(field -> kind(field) == kind))
                    || sorted.stream().anyMatch(order -> kind(order.field()) == kind))
        .allMatch(kind -> experiments.stream().allMatch(id -> reads(id, kind)));
  }

  private static @Nullable ResourceType kind(Field field) {
    if (field.kind() != Field.Kind.SPAN && field.key().equalsIgnoreCase("run_id")) {
      return ResourceType.RUN; // also as a tag, as in MLflow
    }
    return switch (field.kind()) {
      case FEEDBACK, EXPECTATION -> ResourceType.ASSESSMENT;
      case METADATA -> METADATA.get(field.key());
      case ATTRIBUTE, METRIC, PARAM, TAG, DATASET, SPAN, ISSUE -> null;
    };
  }

  private boolean reads(String experimentId, ResourceType kind) {
    return caller.may(within(experiment(experimentId, Action.READ), kind));
  }

  /// An answer with traces, without what is withheld.
  JsonSerializable from(JsonSerializable answer) {
    return switch (answer) {
      case Listing<?> listing -> listing.each(this::strip);
      case ObjectNode message -> {
        strip(message);
        yield message;
      }
      default -> answer;
    };
  }

  private void strip(ObjectNode message) {
    if (message.has("trace_id") || message.has("request_id")) {
      stripInfo(message);
    }
    for (var inside : List.of("trace", "trace_info")) {
      if (message.get(inside) instanceof ObjectNode trace) {
        strip(trace);
      }
    }
    message.path("trace_infos").forEach(info -> strip((ObjectNode) info));
  }

  private void stripInfo(ObjectNode info) {
    var location = info.path("trace_location").path("mlflow_experiment").path("experiment_id");
    var experiment = location.asText(info.path("experiment_id").asText());
    if (!reads(experiment, ResourceType.ASSESSMENT)) {
      info.remove("assessments");
    }
    METADATA.forEach(
        (key, kind) -> {
          if (!reads(experiment, kind)) {
            without(info, key);
          }
        });
  }

  private static void without(ObjectNode info, String key) {
    if (info.get("trace_metadata") instanceof ObjectNode metadata) {
      metadata.remove(key);
    }
    if (info.get("request_metadata") instanceof ArrayNode pairs) {
      pairs.removeIf((JsonNode pair) -> pair.path("key").asText().equals(key));
    }
  }
}
