package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.remote.IntegrityCheck;
import io.mlopscore.pipeline.remote.IntegrityCheck.Finding;
import io.mlopscore.pipeline.remote.IntegrityCheck.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops fsck`: hashes the objects of the cache or a remote again.
@Command(
    description = {
      "Checks that every object of the cache has the bytes of its name.",
      "Exit code 1 when something is wrong and was not repaired."
    },
    mixinStandardHelpOptions = true)
public final class FsckCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--cloud"},
      description = "Check the remote in place of the cache.")
  private boolean cloud;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "Check this remote in place of the cache.")
  private @Nullable String remote;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many objects of a remote at a time.")
  private @Nullable Integer jobs;

  @Option(
      names = "--repair",
      description =
          "Get what is wrong from the other side; drop damaged bytes that nobody has right.")
  private boolean repair;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    Report report;
    try (var shown = new ProgressLine()) {
      var check =
          new IntegrityCheck(
              pipeline,
              Optional.ofNullable(remote),
              jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
              repair,
              shown.progress());
      report = cloud || remote != null ? check.remote() : check.cache();
    }
    for (var finding : report.findings()) {
      System.out.printf(
          "%-12s%s%s%n",
          finding.fault().name().toLowerCase(Locale.ROOT) + ":", finding.place(), said(finding));
    }
    System.out.printf(
        "%d objects (%s) checked, %d wrong, %d repaired%n",
        report.checked(),
        Sizes.text(report.bytes()),
        report.findings().size(),
        report.findings().size() - report.left());
    return report.left() > 0 ? 1 : 0;
  }

  private static String said(Finding finding) {
    return switch (finding.outcome()) {
      case LEFT -> finding.detail().isEmpty() ? "" : "  (" + finding.detail() + ")";
      case REPAIRED -> "  (repaired)";
      case DROPPED -> "  (dropped: nobody has the right bytes)";
    };
  }
}
