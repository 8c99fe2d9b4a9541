package io.mlopscore.pipeline.openlineage;

import static io.mlopscore.pipeline.openlineage.Facets.object;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.LockEntry;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The results that `dvc.lock` records, as OpenLineage run events: which contents went into each
/// stage and which came out.
///
/// The id of a run is made from what is recorded, so sending the same results again tells a
/// catalogue nothing new. Both events of a run bear the time of the lock file, the only time that
/// is recorded.
///
/// Source: https://openlineage.io/spec/2-0-2/OpenLineage.json
public final class Lineage {
  private final Pipeline pipeline;
  private final String namespace;

  /// @param namespace of jobs and datasets, such as the name of the project
  public Lineage(Pipeline pipeline, String namespace) {
    this.pipeline = pipeline;
    this.namespace = namespace;
  }

  /// A START and a COMPLETE event for each stage that has a recorded result, each one line of JSON.
  public List<String> events() throws IOException {
    var events = new ArrayList<String>();
    for (var node : pipeline.graph().nodes()) {
      if (node instanceof Stage stage) {
        var recorded = pipeline.recorded(stage);
        if (recorded.isPresent()) {
          var time = Files.getLastModifiedTime(stage.lockFile()).toInstant();
          events.add(event("START", stage, recorded.get(), time));
          events.add(event("COMPLETE", stage, recorded.get(), time));
        }
      }
    }
    return events;
  }

  private String event(String type, Stage stage, LockEntry entry, Instant time) {
    var event = new LinkedHashMap<String, Value>();
    event.put("eventType", Value.of(type));
    event.put("eventTime", Value.of(time.truncatedTo(ChronoUnit.MILLIS).toString()));
    event.put("producer", Value.of(Facets.PRODUCER));
    event.put("schemaURL", Value.of(Facets.SPEC + "#/$defs/RunEvent"));
    event.put("run", run(stage, entry));
    event.put("job", job(stage));
    event.put("inputs", inputs(stage, entry));
    event.put("outputs", outputs(stage, entry));
    return JsonText.of(object(event));
  }

  private Mapping run(Stage stage, LockEntry entry) {
    var run = new LinkedHashMap<String, Value>();
    var id =
        UUID.nameUUIDFromBytes((namespace + "\n" + stage.address() + "\n" + entry).getBytes(UTF_8));
    run.put("runId", Value.of(id.toString()));
    run.put("facets", Facets.run(entry.params()));
    return object(run);
  }

  private Mapping job(Stage stage) {
    var job = named(stage.address());
    var command = String.join("\n", stage.command().shells());
    job.put("facets", Facets.job(command, stage.description()));
    return object(job);
  }

  private Items inputs(Stage stage, LockEntry entry) {
    var inputs = new ArrayList<Value>();
    for (var dependency : stage.dependencies()) {
      var name = dependency.isUrl() ? dependency.path() : name(dependency.file());
      entry
          .dependencyVersion(dependency.path())
          .ifPresent(version -> inputs.add(object(dataset(name, version))));
    }
    return new Items(inputs);
  }

  private Items outputs(Stage stage, LockEntry entry) {
    var outputs = new ArrayList<Value>();
    for (var output : stage.outputs()) {
      var content = entry.output(output.path());
      if (content.isPresent()) {
        var dataset = dataset(name(output.file()), content.get().hash().value());
        dataset.put("outputFacets", Facets.written(content.get()));
        outputs.add(object(dataset));
      }
    }
    for (var output : stage.urlOutputs()) {
      entry
          .outputVersion(output.url())
          .ifPresent(version -> outputs.add(object(dataset(output.url(), version))));
    }
    return new Items(outputs);
  }

  /// Data outside the repository keeps its whole path, since it belongs to the machine.
  private String name(Path file) {
    var root = pipeline.repository().root();
    var name = file.startsWith(root) ? root.relativize(file) : file;
    return name.toString().replace('\\', '/');
  }

  private Map<String, Value> dataset(String name, String version) {
    var dataset = named(name);
    dataset.put("facets", Facets.version(version));
    return dataset;
  }

  private Map<String, Value> named(String name) {
    var named = new LinkedHashMap<String, Value>();
    named.put("namespace", Value.of(namespace));
    named.put("name", Value.of(name));
    return named;
  }
}
