package io.mlopscore.pipeline.report;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.compare.DataDiff;
import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.compare.ValueFiles;
import io.mlopscore.pipeline.gates.Gate;
import io.mlopscore.pipeline.gates.Gates;
import io.mlopscore.pipeline.gates.Verdict;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.plots.Plots;
import io.mlopscore.pipeline.report.Report.Side;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Two revisions of a project, side by side.
///
/// @param workspace the project
/// @param base what is compared with: a revision of git
/// @param head what is looked at: a revision, or [Plots#WORKSPACE]
/// @param more gates that go before those of the head's `mlops.yaml`
public record Comparison(Pipeline workspace, String base, String head, List<Gate> more) {
  public Comparison {
    more = List.copyOf(more);
  }

  /// @throws PipelineException when there is no such revision, or a gate cannot be judged
  public Report report() throws IOException {
    var revisions = new Revisions(workspace);
    return revisions.reading(() -> report(revisions));
  }

  private Report report(Revisions revisions) throws IOException {
    var before = revisions.at(known(revisions, base));
    var now = isWorkspace() ? workspace : revisions.at(known(revisions, head));
    var old = MetricFiles.of(ValueFiles.metrics(before));
    var values = MetricFiles.of(ValueFiles.metrics(now));
    var metrics = ValueDifference.between(old.numbers(), values.numbers(), true);
    var problems = new ArrayList<String>();
    return new Report(
        project(revisions),
        new Side(base, revisions.git().find(base)),
        new Side(head, isWorkspace() ? Optional.empty() : revisions.git().find(head)),
        metrics,
        ValueDifference.between(
            ValueFiles.params(before).unbroken(), ValueFiles.params(now).unbroken(), false),
        data(),
        verdicts(metrics, Gates.joined(Gates.in(now.resolve("")), more)),
        gateChanges(before, now, problems),
        pictures(old.matrices(), values.matrices(), problems),
        problems);
  }

  private boolean isWorkspace() {
    return head.equals(Plots.WORKSPACE);
  }

  private static String known(Revisions revisions, String revision) throws IOException {
    if (revisions.git().find(revision).isEmpty()) {
      throw new PipelineException(
          "unknown Git revision '%s'; `git fetch` it first, in a workflow by `fetch-depth: 0` of actions/checkout"
              .formatted(revision));
    }
    return revision;
  }

  private String project(Revisions revisions) {
    var path = revisions.git().directory().relativize(workspace.resolve("")).toString();
    return path.isEmpty() ? "." : path.replace('\\', '/');
  }

  /// Where a commit's data is kept is no difference between the two.
  private DataDiff data() throws IOException {
    var newer = isWorkspace() ? Optional.<String>empty() : Optional.of(head);
    return DataDiff.of(workspace, base, newer, List.of()).withoutMissing();
  }

  private static List<Verdict> verdicts(List<ValueDifference> metrics, List<Gate> gates) {
    var verdicts = new ArrayList<Verdict>();
    for (var gate : gates) {
      var metric = find(metrics, gate.metric());
      verdicts.add(
          gate.judge(
              metric.flatMap(ValueDifference::before).flatMap(Comparison::number),
              metric.flatMap(ValueDifference::now).flatMap(Comparison::number)));
    }
    return verdicts;
  }

  private static Optional<ValueDifference> find(List<ValueDifference> metrics, String name) {
    var found =
        metrics.stream()
            .filter(m -> m.name().equals(name) || (m.file() + ":" + m.name()).equals(name))
            .toList();
    if (found.size() > 1) {
      throw new PipelineException(
          "the gate on '%s' may mean %s; write FILE:NAME"
              .formatted(name, found.stream().map(m -> m.file() + ":" + m.name()).toList()));
    }
    return found.stream().findFirst();
  }

  private static Optional<Double> number(Value value) {
    return switch (value) {
      case Value.Int(var number) -> Optional.of(number.doubleValue());
      case Value.Real(var number) -> Optional.of(number);
      case Value _ -> Optional.empty();
    };
  }

  /// Whoever loosens a gate in the change that it would stop should be seen doing so.
  private static List<String> gateChanges(Pipeline before, Pipeline now, List<String> problems)
      throws IOException {
    var old = new LinkedHashMap<String, String>();
    try {
      Gates.in(before.resolve("")).forEach(gate -> old.put(gate.metric(), gate.text()));
    } catch (PipelineException | YamlException e) {
      problems.add("the gates of the base cannot be read: " + e.getMessage());
      return List.of();
    }
    var gates = new LinkedHashMap<String, String>();
    Gates.in(now.resolve("")).forEach(gate -> gates.put(gate.metric(), gate.text()));
    var changes = new ArrayList<String>();
    var metrics = new TreeSet<>(old.keySet());
    metrics.addAll(gates.keySet());
    for (var metric : metrics) {
      var was = old.getOrDefault(metric, "no gate");
      var is = gates.getOrDefault(metric, "no gate");
      if (!was.equals(is)) {
        changes.add("%s: %s, before: %s".formatted(metric, is, was));
      }
    }
    return changes;
  }

  private List<Picture> pictures(
      Map<String, Confusion> before, Map<String, Confusion> now, List<String> problems)
      throws IOException {
    var pictures = new ArrayList<Picture>();
    var names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (var name : names) {
      pictures.add(
          new Picture.Matrix(
              name, Optional.ofNullable(before.get(name)), Optional.ofNullable(now.get(name))));
    }
    pictures.addAll(new PlotPictures(workspace, base, head).find(problems));
    return pictures;
  }
}
