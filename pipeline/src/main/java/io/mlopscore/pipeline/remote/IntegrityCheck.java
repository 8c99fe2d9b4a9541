package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads every object of the cache or a remote and tells whether its bytes are those of its name.
///
/// Objects of DVC 2 are left out: their names do not tell the bytes alone.
public final class IntegrityCheck {
  /// What is wrong with an object.
  public enum Fault {
    /// Its bytes are not those of its name.
    DAMAGED,
    /// It cannot be read.
    UNREADABLE,
    /// It is in use, and not there.
    MISSING
  }

  /// @param repaired whether it is right again, or gone if nobody has the right bytes
  public record Finding(String place, String name, Fault fault, boolean repaired) {}

  /// @param checked how many objects were read
  /// @param bytes how many bytes that was
  public record Report(int checked, long bytes, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /// How many objects are not right.
    public long left() {
      return findings.stream().filter(finding -> !finding.repaired()).count();
    }
  }

  private final Pipeline pipeline;
  private final Optional<String> remote;
  private final OptionalInt jobs;
  private final boolean repair;
  private final Progress progress;
  private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

  /// @param remote the remote to take right bytes from, and to check if asked; empty for the
  /// default
  /// @param repair drops what is wrong and gets it from the other side
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
      var holding = Holding.of(pipeline.repository().cacheRoot());
      var bytes = check(holding, Runtime.getRuntime().availableProcessors());
      var used = new DataSelection(pipeline, Selection.WORKSPACE, _ -> {}).find();
      var needed = UsedData.needed(used, pipeline.cache()).objects();
      for (var object : new LinkedHashSet<>(needed)) {
        if (!pipeline.cache().contains(new Hash(object.hash()))
            && findings.stream().noneMatch(found -> found.name().equals(object.hash()))) {
          findings.add(
              new Finding(holding.place(object.key()), object.hash(), Fault.MISSING, false));
        }
      }
      if (repair) {
        refetch(holding);
      }
      return report(bytes);
    }
  }

  /// Checks a remote.
  public Report remote() throws IOException {
    var remotes = new Remotes(pipeline.repository().config(), jobs);
    try (var _ = pipeline.lock();
        var opened = remotes.open(remotes.name(remote))) {
      var holding = Holding.of(opened);
      var bytes = check(holding, opened.jobs());
      if (repair) {
        forget(opened);
        replace(holding, opened);
      }
      return report(bytes);
    }
  }

  private record Checked(int objects, long bytes) {}

  private Checked check(Holding holding, int atOnce) throws IOException {
    var objects = holding.objects().stream().filter(object -> !object.isLegacy()).toList();
    progress.begin("Checking", objects.size());
    new Parallel(atOnce).forEach(objects, object -> check(holding, object));
    return new Checked(objects.size(), progress.bytes());
  }

  private void check(Holding holding, KeptObject kept) {
    var object = kept.object();
    try {
      if (!md5(holding, kept.key()).equals(object.md5())) {
        findings.add(new Finding(holding.place(kept.key()), object.hash(), Fault.DAMAGED, false));
      }
    } catch (IOException _) {
      findings.add(new Finding(holding.place(kept.key()), object.hash(), Fault.UNREADABLE, false));
    }
    progress.done();
  }

  private String md5(Holding holding, String key) throws IOException {
    var digest = Md5.digest("MD5");
    var buffer = new byte[1 << 17];
    try (var in = holding.open(key)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        progress.moved(read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static StoredObject object(Finding finding) {
    return StoredObject.of(new Hash(finding.name()), finding.name());
  }

  /// Drops what is wrong in the cache; gets from a remote what it has.
  private void refetch(Holding holding) throws IOException {
    var wrong = List.copyOf(findings);
    for (var finding : wrong) {
      holding.delete(object(finding).key());
    }
    var config = pipeline.repository().config();
    if (!wrong.isEmpty() && (remote.isPresent() || config.defaultRemote().isPresent())) {
      var remotes = new Remotes(config, jobs);
      try (var from = remotes.open(remotes.name(remote))) {
        var mover = new Download(pipeline.repository().cacheRoot(), from, progress);
        new Transfer(mover, from.jobs(), progress)
            .run(wrong.stream().map(IntegrityCheck::object).toList());
      }
    }
    findings.clear();
    for (var finding : wrong) {
      boolean right = pipeline.cache().contains(new Hash(finding.name()));
      boolean gone = finding.fault() != Fault.MISSING;
      findings.add(new Finding(finding.place(), finding.name(), finding.fault(), right || gone));
    }
  }

  private void forget(Remote opened) throws IOException {
    var folder = pipeline.repository().temporary().resolve("mlops").resolve("remotes");
    KnownListings.open(folder, opened.url()).forget();
  }

  /// Puts the right bytes at the remote where the cache has them. Where it has not, listings that
  /// name the object go before it: they would vouch for what is not there.
  private void replace(Holding holding, Remote opened) throws IOException {
    var upload = new Upload(pipeline.repository().cacheRoot(), opened, progress);
    var wrong = List.copyOf(findings);
    findings.clear();
    for (var finding : wrong) {
      var object = object(finding);
      if (pipeline.cache().contains(new Hash(finding.name()))) {
        upload.move(object);
      } else {
        removeListingsOf(holding, finding.name());
        holding.delete(object.key());
      }
      findings.add(new Finding(finding.place(), finding.name(), finding.fault(), true));
    }
  }

  private static void removeListingsOf(Holding holding, String hash) throws IOException {
    for (var object : holding.objects()) {
      if (object.isListing() && !object.isLegacy() && names(holding, object, hash)) {
        holding.delete(object.key());
      }
    }
  }

  private static boolean names(Holding holding, KeptObject listing, String hash)
      throws IOException {
    try (var in = holding.open(listing.key())) {
      var text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      return text.contains("\"" + hash + "\"");
    }
  }

  private Report report(Checked checked) {
    return new Report(checked.objects(), checked.bytes(), findings);
  }
}
