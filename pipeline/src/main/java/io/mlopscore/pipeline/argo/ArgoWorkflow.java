package io.mlopscore.pipeline.argo;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Stage;
import io.mlopscore.pipeline.StageGraph;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The graph of stages as the text of an Argo Workflow: a task for each stage, which runs `mlops
/// repro --single-item` once those that write its inputs are done.
///
/// Every pod mounts the one volume with the repository, so stages hand data on through the
/// workspace as they do on one machine, and a stage that is up to date is skipped.
///
/// Source: https://argo-workflows.readthedocs.io/en/latest/walk-through/dag/
public final class ArgoWorkflow {
  private static final String MOUNT = "/repository";

  private final StageGraph graph;
  private final Map<Stage, String> tasks;

  /// @param nodes what to run, each after what it depends on; data needs no task
  public ArgoWorkflow(StageGraph graph, Collection<? extends Node> nodes) {
    this.graph = graph;
    this.tasks = names(nodes);
  }

  /// @throws PipelineException when there is no stage, or one whose name Argo would expand
  public String text(ArgoSettings settings) {
    if (tasks.isEmpty()) {
      throw new PipelineException("there is no stage to run; `mlops stage add` makes one");
    }
    var text = new StringBuilder();
    text.append(head(settings));
    tasks.forEach((stage, name) -> text.append(task(stage, name)));
    return text.append(template(settings)).toString();
  }

  private static String head(ArgoSettings settings) {
    var account =
        settings.account().map(name -> "  serviceAccountName: " + quoted(name) + "\n").orElse("");
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Workflow
    metadata:
      generateName: %s
    spec:
      entrypoint: pipeline
    %s  volumes:
      - name: repository
        persistentVolumeClaim:
          claimName: %s
      templates:
      - name: pipeline
        dag:
          tasks:
    """
        .formatted(quoted(settings.name() + "-"), account, quoted(settings.claim()));
  }

  private String task(Stage stage, String name) {
    var before = new LinkedHashSet<String>();
    waitsFor(stage, before, new HashSet<>());
    var dependencies = before.isEmpty() ? "" : "        dependencies: " + list(before) + "\n";
    return """
          - name: %s
            template: stage
    %s        arguments:
              parameters:
              - name: stage
                value: %s
    """
        .formatted(quoted(name), dependencies, quoted(argument(stage)));
  }

  /// The tasks before this one, looking through data, which is no task.
  private void waitsFor(Node node, Set<String> found, Set<Node> seen) {
    for (var before : graph.upstream(node)) {
      if (before instanceof Stage stage && tasks.containsKey(stage)) {
        found.add(tasks.getOrDefault(stage, ""));
      } else if (seen.add(before)) {
        waitsFor(before, found, seen);
      }
    }
  }

  private static String argument(Stage stage) {
    if (stage.address().contains("{{")) {
      throw new PipelineException(
          "stage '%s': Argo would expand the '{{' in its path; rename the folder"
              .formatted(stage.address()));
    }
    return stage.address();
  }

  private static String template(ArgoSettings settings) {
    var directory = settings.directory().isEmpty() ? MOUNT : MOUNT + "/" + settings.directory();
    return """
      - name: stage
        inputs:
          parameters:
          - name: stage
        container:
          image: %s
          command: ["mlops"]
          args: ["repro", "--single-item", "{{inputs.parameters.stage}}"]
          workingDir: %s
          volumeMounts:
          - name: repository
            mountPath: %s
    """
        .formatted(quoted(settings.image()), quoted(directory), quoted(MOUNT));
  }

  /// Names that Argo takes, unique: letters, digits and `-`.
  private static Map<Stage, String> names(Collection<? extends Node> nodes) {
    var names = new LinkedHashMap<Stage, String>();
    var used = new HashMap<String, Integer>();
    for (var node : nodes) {
      if (node instanceof Stage stage) {
        var plain = plain(stage.address());
        int turn = used.merge(plain, 1, Integer::sum);
        names.put(stage, turn == 1 ? plain : plain + "-" + turn);
      }
    }
    return names;
  }

  private static String plain(String address) {
    var plain =
        address.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "stage" : plain.substring(0, Math.min(plain.length(), 60));
  }

  private static String list(Collection<String> names) {
    List<String> quoted = new ArrayList<>();
    names.forEach(name -> quoted.add(quoted(name)));
    return "[" + String.join(", ", quoted) + "]";
  }

  /// JSON's quotes hold in every version of YAML, whatever the text looks like.
  private static String quoted(String text) {
    return JsonText.of(Value.of(text));
  }
}
