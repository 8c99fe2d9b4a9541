package io.mlopscore.app;

import io.mlopscore.monitoring.PrometheusClient;
import io.mlopscore.monitoring.RequestSeries;
import io.mlopscore.monitoring.ServiceLevel;
import io.mlopscore.monitoring.ServiceLevels;
import io.mlopscore.monitoring.SloCheck;
import io.mlopscore.tracking.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops monitor slo-check`.
@Command(
    name = "slo-check",
    description = {
      "Asks Prometheus whether a service, or a part of it such as a canary, kept what was promised "
          + "in the last minutes.",
      "A token for Prometheus is in the environment, PROMETHEUS_TOKEN, or in the file that "
          + "PROMETHEUS_TOKEN_FILE names."
    },
    footer = "%nExit code 0 if it did, 3 if not or too few asked, 1 if it cannot be told.",
    mixinStandardHelpOptions = true)
final class SloCheckCommand implements Callable<Integer> {
  /// Whose counters are asked.
  enum Series {
    exposed,
    cloud_run;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  @Option(
      names = "--prometheus",
      required = true,
      paramLabel = "URL",
      description = {
        "What stands before /api/v1/query: http://prometheus:9090, or "
            + "https://monitoring.googleapis.com/v1/projects/PROJECT/location/global/prometheus."
      })
  private URI prometheus = URI.create("");

  @Option(
      names = "--slo",
      paramLabel = "FILE",
      defaultValue = "deploy/slo.yaml",
      description = "The service levels (${DEFAULT-VALUE}).")
  private Path levels = Path.of("");

  @Option(
      names = "--service",
      paramLabel = "NAME",
      defaultValue = "predictions",
      description = "The service in that file (${DEFAULT-VALUE}).")
  private String service = "";

  @Option(
      names = "--series",
      defaultValue = "exposed",
      description = {
        "Whose counters: exposed, those of our servers; cloud-run, those that Google keeps "
            + "(${DEFAULT-VALUE})."
      })
  private Series series = Series.exposed;

  @Option(
      names = "--where",
      paramLabel = "MATCHERS",
      defaultValue = "",
      description = "Only these requests, such as 'revision_name=\"api-00008-abc\"' (all).")
  private String where = "";

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How far back (${DEFAULT-VALUE}).")
  private String window = "";

  @Option(
      names = "--min-requests",
      paramLabel = "N",
      defaultValue = "100",
      description = "With fewer the check fails, as they say nothing (${DEFAULT-VALUE}).")
  private int least;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var level = level();
    var requests =
        switch (series) {
          case exposed -> RequestSeries.Exposed.of(level, where);
          case cloud_run -> new RequestSeries.CloudRun(where);
        };
    var token = Secret.find("PROMETHEUS_TOKEN", System.getenv()).map(Secret::text).orElse("");
    try (var client = new PrometheusClient(prometheus, token)) {
      return ChecksText.print(new SloCheck(level, requests, window, least).run(client), json);
    }
  }

  private ServiceLevel level() throws IOException {
    var all = ServiceLevels.read(levels).services();
    return all.stream()
        .filter(each -> each.name().equals(service))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s promises nothing for '%s'; it has %s"
                        .formatted(
                            levels,
                            service,
                            String.join(", ", all.stream().map(ServiceLevel::name).toList()))));
  }
}
