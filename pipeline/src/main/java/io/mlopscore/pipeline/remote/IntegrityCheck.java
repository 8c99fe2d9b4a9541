package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.Inspection.Inspected;
import io.mlopscore.pipeline.remote.Inspection.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Reads every object of the cache or a remote and tells whether its bytes are those of its name;
/// puts right what it can.
///
/// What cannot be read is never removed: its bytes may be right, and a network or a permission that
/// is wrong.
public final class IntegrityCheck {
  /// @param detail why it cannot be read; else empty
  public record Finding(
      String place, String name, IntegrityFault fault, String detail, RepairOutcome outcome) {}

  /// @param checked how many objects were read
  /// @param bytes how many bytes that was
  public record Report(int checked, long bytes, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /// How many objects are not right.
    public long left() {
      return findings.stream().filter(finding -> finding.outcome() == RepairOutcome.LEFT).count();
    }
  }

  private final Pipeline pipeline;
  private final Optional<String> remote;
  private final OptionalInt jobs;
  private final boolean repair;
  private final Progress progress;

  /// @param remote the remote to take right bytes from, and to check if asked; empty for the
  /// default
  /// @param repair gets what is wrong from the other side, and drops what nobody has
  public IntegrityCheck(
      Pipeline pipeline,
      Optional<String> remote,
      OptionalInt jobs,
      boolean repair,
      Progress progress) {
    this.pipeline = pipeline;
    this.remote = remote;
    this.jobs = jobs;
    this.repair = repair;
    this.progress = progress;
  }

  /// Checks the cache, and that it has all the workspace needs.
  public Report cache() throws IOException {
    try (var _ = pipeline.lock()) {
      var holding = Holding.of(cacheRoot());
      var processors = Runtime.getRuntime().availableProcessors();
      var inspected = new Inspection(holding, processors, progress).run();
      var wrong = new TreeMap<>(inspected.wrong());
      for (var object : missing(inspected)) {
        wrong.put(object.key(), new Wrong(object, IntegrityFault.MISSING, ""));
      }
      var outcomes = repair ? refetched(holding, wrong) : Map.<String, RepairOutcome>of();
      return report(holding, inspected, wrong, outcomes);
    }
  }

  /// What the workspace needs and the cache lacks; the files of a directory whose listing is wrong
  /// cannot be told.
  private List<StoredObject> missing(Inspected inspected) throws IOException {
    var used = new ArrayList<>(new DataSelection(pipeline, Selection.WORKSPACE, _ -> {}).find());
    var present = new HashSet<>(inspected.keys());
    var lacking = new ArrayList<StoredObject>();
    for (var data : List.copyOf(used)) {
      if (inspected.wrong().containsKey(data.object().key())) {
        used.remove(data);
      }
    }
    for (var object : UsedData.needed(used, pipeline.cache()).objects()) {
      if (!present.contains(object.key())) {
        lacking.add(object);
      }
    }
    return lacking;
  }

  private Map<String, RepairOutcome> refetched(Holding holding, Map<String, Wrong> wrong)
      throws IOException {
    var repairing = new CacheRepair(cacheRoot(), holding, progress);
    var config = pipeline.repository().config();
    if (wrong.isEmpty() || (remote.isEmpty() && config.defaultRemote().isEmpty())) {
      return repairing.alone(wrong.values());
    }
    var remotes = new Remotes(config, jobs);
    var instead = "without --repair, remove what is named, and `mlops fetch` gets it anew";
    try (var from = remotes.openByHash(remotes.name(remote), instead)) {
      return repairing.from(from, wrong.values());
    }
  }

  /// Checks a remote.
  public Report remote() throws IOException {
    var remotes = new Remotes(pipeline.repository().config(), jobs);
    var instead = "`mlops fetch` into an empty cache checks each file that it gets";
    try (var _ = pipeline.lock();
        var opened = remotes.openByHash(remotes.name(remote), instead)) {
      return check(opened);
    }
  }

  Report check(Remote opened) throws IOException {
    var holding = Holding.of(opened);
    var inspected = new Inspection(holding, opened.jobs(), progress).run();
    var wrong = inspected.wrong();
    Map<String, RepairOutcome> outcomes = Map.of();
    if (repair && !wrong.isEmpty()) {
      var folder = pipeline.repository().own().resolve("remotes");
      KnownListings.open(folder, opened.url()).forget();
      outcomes =
          new RemoteRepair(pipeline.cache(), cacheRoot(), holding, opened, progress)
              .run(wrong.values());
    }
    return report(holding, inspected, wrong, outcomes);
  }

  private Path cacheRoot() {
    return pipeline.repository().cacheRoot();
  }

  private static Report report(
      Holding holding,
      Inspected inspected,
      Map<String, Wrong> wrong,
      Map<String, RepairOutcome> outcomes) {
    var findings = new ArrayList<Finding>();
    for (var found : wrong.values()) {
      var key = found.object().key();
      findings.add(
          new Finding(
              holding.place(key),
              found.object().hash(),
              found.fault(),
              found.detail(),
              outcomes.getOrDefault(key, RepairOutcome.LEFT)));
    }
    return new Report(inspected.keys().size(), inspected.bytes(), findings);
  }
}
