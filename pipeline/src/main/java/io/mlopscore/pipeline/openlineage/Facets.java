package io.mlopscore.pipeline.openlineage;

import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Moment;
import io.mlopscore.pipeline.yaml.Value.Null;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.Map;

/// The parts of an event that say more about a job, a run or a dataset.
///
/// Source: https://openlineage.io/spec/facets/
final class Facets {
  static final String PRODUCER = "urn:mlops-core";
  static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
  private static final String CORE = "https://openlineage.io/spec/facets/";

  private Facets() {}

  /// What a stage is: its command, and its description if there is one.
  static Mapping job(String command, String description) {
    var facets = new LinkedHashMap<String, Value>();
    facets.put("jobType", facet("2-0-4/JobTypeJobFacet.json", JOB_TYPE));
    facets.put(
        "sourceCode",
        facet(
            "1-0-1/SourceCodeJobFacet.json",
            Map.of("language", Value.of("shell"), "sourceCode", Value.of(command))));
    if (!description.isEmpty()) {
      facets.put(
          "documentation",
          facet("1-1-0/DocumentationJobFacet.json", Map.of("description", Value.of(description))));
    }
    return object(facets);
  }

  private static final Map<String, Value> JOB_TYPE =
      Map.of(
          "processingType", Value.of("BATCH"),
          "integration", Value.of("DVC"),
          "jobType", Value.of("STAGE"));

  /// The parameters of a run, by file; a facet of our own, as the specification allows.
  static Mapping run(Map<String, Mapping> params) {
    if (params.isEmpty()) {
      return Mapping.EMPTY;
    }
    var files = new LinkedHashMap<String, Value>();
    params.forEach((file, values) -> files.put(file, json(values)));
    var facet = new LinkedHashMap<String, Value>();
    facet.put("_producer", Value.of(PRODUCER));
    facet.put("_schemaURL", Value.of(SPEC + "#/$defs/RunFacet"));
    facet.put("files", object(files));
    return object(Map.of("mlops_parameters", object(facet)));
  }

  /// @param version what tells contents apart: an MD5, or the tag of a server
  static Mapping version(String version) {
    return object(
        Map.of(
            "version",
            facet(
                "1-0-1/DatasetVersionDatasetFacet.json",
                Map.of("datasetVersion", Value.of(version)))));
  }

  static Mapping written(Tracked content) {
    int files = content.hash().isDirectory() ? content.files() : 1;
    return object(
        Map.of(
            "outputStatistics",
            facet(
                "1-0-2/OutputStatisticsOutputDatasetFacet.json",
                Map.of("size", Value.of(content.size()), "fileCount", Value.of(files)))));
  }

  private static Mapping facet(String schema, Map<String, Value> values) {
    var facet = new LinkedHashMap<String, Value>();
    facet.put("_producer", Value.of(PRODUCER));
    facet.put("_schemaURL", Value.of(CORE + schema));
    facet.putAll(values);
    return object(facet);
  }

  static Mapping object(Map<String, ? extends Value> members) {
    var object = new LinkedHashMap<Value, Value>();
    members.forEach((name, value) -> object.put(Value.of(name), value));
    return new Mapping(object);
  }

  /// A parameter as JSON can say it: dates, infinities and NaN become text.
  private static Value json(Value value) {
    return switch (value) {
      case Null _, Bool _, Int _, Text _ -> value;
      case Real(var number) -> Double.isFinite(number) ? value : Value.of(YamlReader.text(value));
      case Moment(var text) -> Value.of(text);
      case Items(var values) -> new Items(values.stream().map(Facets::json).toList());
      case Mapping mapping -> {
        var members = new LinkedHashMap<String, Value>();
        mapping.entries().forEach((key, member) -> members.put(YamlReader.text(key), json(member)));
        yield object(members);
      }
    };
  }
}
