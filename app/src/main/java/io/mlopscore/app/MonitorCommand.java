package io.mlopscore.app;

import io.mlopscore.monitoring.NamespacedRules;
import io.mlopscore.monitoring.PipelineMetrics;
import io.mlopscore.monitoring.PrometheusRule;
import io.mlopscore.monitoring.ServiceLevels;
import io.mlopscore.monitoring.SloRules;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops monitor`.
@Command(
    description = "Makes rules and numbers for Prometheus, and asks it whether promises are kept.",
    mixinStandardHelpOptions = true,
    subcommands = SloCheckCommand.class)
final class MonitorCommand {
  @Command(
      name = "rules",
      description = {
        "Makes Prometheus' recording and alert rules from service levels, and objects of "
            + "Kubernetes from rules.",
        "Alerts fire when errors use up the budget of the period too fast."
      },
      mixinStandardHelpOptions = true)
  int rules(
      @Option(
              names = "--slo",
              paramLabel = "FILE",
              defaultValue = "deploy/slo.yaml",
              description = "the service levels (default: ${DEFAULT-VALUE})")
          Path levels,
      @Option(
              names = "--rules",
              paramLabel = "FILE",
              description = "take these rules, not those of service levels")
          @Nullable Path given,
      @Option(
              names = "--kubernetes",
              paramLabel = "NAME",
              description = "as a PrometheusRule of this name, for the Prometheus Operator")
          @Nullable String object,
      @Option(
              names = "--namespace",
              paramLabel = "NAME",
              description = {
                "only for series of this namespace of Kubernetes, which is a label of what is "
                    + "recorded and of alerts"
              })
          @Nullable String namespace,
      @Option(names = "--out", paramLabel = "FILE", description = "write here, not to the terminal")
          @Nullable Path out,
      @Option(names = "--check", description = "write nothing; 1 if --out is not up to date")
          boolean check)
      throws IOException {
    var rules =
        given == null ? new SloRules(ServiceLevels.read(levels)).text() : Files.readString(given);
    var own = namespace == null ? rules : new NamespacedRules(rules, namespace).text();
    var text = object == null ? own : new PrometheusRule(object, own).text();
    if (check) {
      return check(text, out, given == null ? levels : given);
    }
    write(text, out);
    return 0;
  }

  private static int check(String text, @Nullable Path out, Path source) throws IOException {
    if (out == null) {
      throw new IOException("--check needs --out: the file to look at");
    }
    if (Files.exists(out) && Files.readString(out).equals(text)) {
      return 0;
    }
    throw new IOException(
        "%s is not what %s makes; run `mlops monitor rules` as here, without --check"
            .formatted(out, source));
  }

  @Command(
      name = "export",
      description = {
        "Writes what the stages of this pipeline took when they last ran, and their metrics, "
            + "in Prometheus' text format: for the textfile collector of node_exporter, or a push "
            + "gateway."
      },
      mixinStandardHelpOptions = true)
  int export(
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "write here, at once or not at all; not to the terminal")
          @Nullable Path out,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "what the label `pipeline` says (default: the folder's name)")
          @Nullable String name)
      throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var folder = pipeline.repository().root().getFileName();
    var label = name == null ? String.valueOf(folder) : name;
    write(PipelineMetrics.of(pipeline).text(label), out);
    return 0;
  }

  /// A reader of the file sees the old text or the new one, never a part.
  private static void write(String text, @Nullable Path out) throws IOException {
    if (out == null) {
      System.out.print(text);
      return;
    }
    WholeFile.write(out, text);
  }
}
