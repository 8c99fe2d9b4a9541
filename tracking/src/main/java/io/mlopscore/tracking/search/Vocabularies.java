package io.mlopscore.tracking.search;

import static io.mlopscore.tracking.search.Attribute.filterOnly;
import static io.mlopscore.tracking.search.Attribute.listed;
import static io.mlopscore.tracking.search.Attribute.matched;
import static io.mlopscore.tracking.search.Attribute.number;
import static io.mlopscore.tracking.search.Attribute.orderOnly;
import static io.mlopscore.tracking.search.Attribute.text;
import static io.mlopscore.tracking.search.Attribute.whole;

import io.mlopscore.tracking.search.Field.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What may be searched, entity by entity, as MLflow 3.17 has it.
public final class Vocabularies {
  private static final Map<String, Kind> ATTRIBUTES_AND_TAGS =
      Map.of("attribute", Kind.ATTRIBUTE, "tag", Kind.TAG, "tags", Kind.TAG);

  public static final Vocabulary RUNS =
      new Vocabulary(
          runKinds(),
          byName(
              listed("run_id"),
              text("run_name"),
              text("user_id"),
              text("status"),
              text("artifact_uri"),
              number("start_time"),
              number("end_time")),
          Map.of(
              "created", "start_time",
              "Created", "start_time",
              "run name", "run_name",
              "Run name", "run_name",
              "Run Name", "run_name"),
          Map.of(
              Kind.METRIC, Operator.NUMERIC,
              Kind.PARAM, Operator.TEXT,
              Kind.TAG, Operator.TEXT,
              Kind.DATASET, Operator.TEXT_OR_LIST),
          Set.of(Kind.PARAM, Kind.TAG),
          Set.of(Kind.METRIC, Kind.PARAM, Kind.TAG));

  public static final Vocabulary EXPERIMENTS =
      new Vocabulary(
          ATTRIBUTES_AND_TAGS,
          byName(
              text("name"),
              new Attribute(
                  "experiment_id",
                  false,
                  Set.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN, Operator.NOT_IN),
                  true,
                  false),
              whole("creation_time"),
              whole("last_update_time")),
          Map.of(),
          Map.of(Kind.TAG, Operator.TEXT),
          Set.of(Kind.TAG),
          Set.of());

  public static final Vocabulary REGISTERED_MODELS =
      new Vocabulary(
          ATTRIBUTES_AND_TAGS,
          byName(listed("name"), orderOnly("last_updated_timestamp")),
          Map.of("timestamp", "last_updated_timestamp"),
          Map.of(Kind.TAG, Operator.TEXT),
          Set.of(),
          Set.of());

  public static final Vocabulary MODEL_VERSIONS =
      new Vocabulary(
          ATTRIBUTES_AND_TAGS,
          byName(
              listed("name"),
              filterOnly(listed("run_id")),
              filterOnly(text("source_path")),
              whole("version_number"),
              orderOnly("creation_timestamp"),
              orderOnly("last_updated_timestamp")),
          Map.of(),
          Map.of(Kind.TAG, Operator.TEXT),
          Set.of(),
          Set.of());

  public static final Vocabulary LOGGED_MODELS =
      new Vocabulary(
          Map.of(
              "attributes", Kind.ATTRIBUTE,
              "metrics", Kind.METRIC,
              "params", Kind.PARAM,
              "tags", Kind.TAG),
          byName(
              listed("name"),
              listed("model_id"),
              listed("model_type"),
              listed("status"),
              listed("source_run_id"),
              number("creation_timestamp_ms"),
              number("last_updated_timestamp_ms")),
          Map.of(
              "creation_time", "creation_timestamp_ms",
              "creation_timestamp", "creation_timestamp_ms",
              "last_updated_time", "last_updated_timestamp_ms",
              "last_updated_timestamp", "last_updated_timestamp_ms"),
          Map.of(
              Kind.METRIC, Operator.NUMERIC,
              Kind.PARAM, Operator.TEXT_OR_LIST,
              Kind.TAG, Operator.TEXT_OR_LIST),
          Set.of(),
          Set.of(Kind.METRIC));

  public static final Vocabulary TRACES =
      new Vocabulary(
          traceKinds(),
          byName(
              matched(listed("request_id")),
              matched(listed("name")),
              matched(listed("status")),
              matched(listed("run_id")),
              filterOnly(matched(listed("client_request_id"))),
              new Attribute("prompt", false, Set.of(Operator.EQUAL), false, false),
              new Attribute("text", false, Set.of(Operator.LIKE, Operator.ILIKE), false, false),
              number("timestamp_ms"),
              number("execution_time_ms"),
              number("end_time_ms"),
              orderOnly("experiment_id")),
          Map.of(
              "timestamp", "timestamp_ms",
              "execution_time", "execution_time_ms",
              "end_time", "end_time_ms"),
          Map.of(
              Kind.TAG, Operator.withRlike(Operator.TEXT),
              Kind.METADATA, Operator.withRlike(Operator.TEXT),
              Kind.SPAN, Operator.withRlike(Operator.TEXT_OR_LIST),
              Kind.FEEDBACK, Operator.withRlike(Operator.TEXT_OR_NUMERIC),
              Kind.EXPECTATION, Operator.withRlike(Operator.TEXT_OR_NUMERIC),
              Kind.ISSUE, Set.of(Operator.EQUAL)),
          Set.of(Kind.TAG, Kind.METADATA, Kind.FEEDBACK, Kind.EXPECTATION),
          Set.of(Kind.TAG, Kind.METADATA));

  private Vocabularies() {}

  private static Map<String, Kind> traceKinds() {
    return Map.ofEntries(
        Map.entry("tag", Kind.TAG),
        Map.entry("tags", Kind.TAG),
        Map.entry("metadata", Kind.METADATA),
        Map.entry("request_metadata", Kind.METADATA),
        Map.entry("attribute", Kind.ATTRIBUTE),
        Map.entry("attributes", Kind.ATTRIBUTE),
        Map.entry("trace", Kind.ATTRIBUTE),
        Map.entry("span", Kind.SPAN),
        Map.entry("feedback", Kind.FEEDBACK),
        Map.entry("expectation", Kind.EXPECTATION),
        Map.entry("issue", Kind.ISSUE));
  }

  private static Map<String, Kind> runKinds() {
    var kinds = new LinkedHashMap<String, Kind>();
    for (var word : new String[] {"metric", "metrics"}) {
      kinds.put(word, Kind.METRIC);
    }
    for (var word : new String[] {"parameter", "parameters", "param", "params"}) {
      kinds.put(word, Kind.PARAM);
    }
    for (var word : new String[] {"tag", "tags"}) {
      kinds.put(word, Kind.TAG);
    }
    for (var word : new String[] {"attribute", "attributes", "attr", "run"}) {
      kinds.put(word, Kind.ATTRIBUTE);
    }
    for (var word : new String[] {"dataset", "datasets"}) {
      kinds.put(word, Kind.DATASET);
    }
    return kinds;
  }

  private static Map<String, Attribute> byName(Attribute... attributes) {
    var map = new LinkedHashMap<String, Attribute>();
    for (var attribute : attributes) {
      map.put(attribute.name(), attribute);
    }
    return map;
  }
}
