package io.mlopscore.app;

import io.mlopscore.pipeline.gates.Gate;
import io.mlopscore.pipeline.gates.Gates;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.training.ModelComparison;
import io.mlopscore.training.TableDigest;
import io.mlopscore.training.yaml.ParamsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops models gate`.
@Command(
    name = "gate",
    description = {
      "Scores a candidate and the champion on the same frozen rows, and judges by the gates of "
          + "mlops.yaml.",
      "The verdict and the digest of the rows are tagged to the candidate."
    },
    footer = "%nExit code 0 if the candidate passes, " + ModelsGateCommand.REFUSED + " if not.",
    mixinStandardHelpOptions = true)
final class ModelsGateCommand implements Callable<Integer> {
  /// The tag that keeps what the gates said: `passed`, or `refused: ` and why.
  static final String VERDICT = "mlops.gate";

  /// Apart from 1, which says that nothing was judged.
  static final int REFUSED = ChecksText.FAILED;

  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(paramLabel = "MODEL", description = "The registered model.")
  private String name = "";

  @Option(
      names = "--candidate",
      paramLabel = "CANDIDATE",
      description = {
        "A version's number, an alias such as @challenger, latest, the id of a run, "
            + "runs:/RUN/PATH or models:/m-ID (what this project trained last, as "
            + TrainedRun.FILE
            + " says)."
      })
  private @Nullable String candidate;

  @Option(
      names = "--champion",
      paramLabel = "ALIAS",
      defaultValue = "champion",
      description = "The alias of the model in service (${DEFAULT-VALUE}).")
  private String champion = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "CSV",
      description = "Rows that neither was trained on.")
  private Path data = Path.of("");

  @Option(
      names = "--digest",
      paramLabel = "MD5",
      description = "What the file must be (what dvc.lock or its .dvc file says).")
  private @Nullable String digest;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column with the labels (data.target of params.yaml).")
  private @Nullable String target;

  @Option(
      names = "--gate",
      paramLabel = "GATE",
      description = "Such as accuracy:min=0.9,max_drop=0.01; replaces that of mlops.yaml.")
  private List<String> gates = List.of();

  @Override
  public Integer call() throws IOException {
    var judges = gates();
    var frozen = FrozenData.read(Path.of(""), data, digest);
    var labels = target == null ? ParamsFile.read(Path.of("params.yaml")).data().target() : target;
    var named = candidate == null ? TrainedRun.read(Path.of("")).modelUri() : candidate;
    var report = options.with(tracking -> judge(tracking, named, frozen, labels, judges));
    System.out.print(options.json ? TrackingOptions.json(report) + "\n" : report.text());
    return report.passed() ? 0 : REFUSED;
  }

  private List<Gate> gates() throws IOException {
    var given = gates.stream().map(Gates::parse).toList();
    var joined = Gates.joined(Gates.in(Path.of("")), given);
    if (joined.isEmpty()) {
      throw new IOException(
          "No gates: write them into mlops.yaml, such as `gates: [{metric: accuracy, min: 0.9,"
              + " max_drop: 0.01}]`, or name them with --gate.");
    }
    return joined;
  }

  private GateReport judge(
      Tracking tracking, String named, FrozenData frozen, String labels, List<Gate> judges) {
    var challenger = Contender.find(tracking, name, named);
    var former = Contender.behind(tracking, name, champion);
    try (var folder = new TemporaryFolder()) {
      var comparison = compare(tracking, challenger, former, frozen, labels, folder.path());
      var report = GateReport.of(name, challenger, former, frozen, comparison, judges);
      record(tracking, challenger, frozen, labels, report);
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelComparison compare(
      Tracking tracking,
      Contender challenger,
      Optional<Contender> former,
      FrozenData frozen,
      String labels,
      Path folder) {
    var first = challenger.open(tracking, folder.resolve("candidate"));
    return former
        .map(found -> found.open(tracking, folder.resolve("champion")))
        .map(second -> ModelComparison.of(first, second, frozen.rows(), labels))
        .orElseGet(() -> ModelComparison.of(first, frozen.rows(), labels));
  }

  /// On the version if there is one, and always on the run that made the model.
  private void record(
      Tracking tracking, Contender challenger, FrozenData frozen, String labels, GateReport report)
      throws IOException {
    var tags = tags(report);
    var version = challenger.version();
    if (version != null) {
      tags.forEach((key, value) -> tracking.registry().setVersionTag(name, version, key, value));
    }
    var runId = challenger.runId();
    if (runId != null && !runId.isEmpty()) {
      tracking.store().logInputs(runId, List.of(TableDigest.input(frozen.rows(), labels, "gate")));
      tracking.store().log(runId, new RunBatch(List.of(), Map.of(), tags));
    }
  }

  private static Map<String, String> tags(GateReport report) {
    var tags = new LinkedHashMap<String, String>();
    tags.put(VERDICT, report.passed() ? "passed" : "refused: " + report.reason());
    tags.put("mlops.gate.data", "md5:" + report.digest());
    tags.put("mlops.gate.champion", report.champion() == null ? "none" : report.champion());
    return tags;
  }
}
