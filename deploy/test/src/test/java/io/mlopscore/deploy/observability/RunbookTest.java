package io.mlopscore.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever is woken finds what to do: each alert leads to its section of the runbook.
final class RunbookTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern LINK = Pattern.compile("runbook_url: '?([^#'\\s]+)#([^'\\s]+)");

  /// The anchors of a page, as GitHub makes them of its headings.
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  private static Stream<String> matches(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slo.yaml", "causes.yaml"})
  void eachAlertOfPrometheusLinksToASectionThatIsThere(String name) throws IOException {
    var rules = ROOT.resolve("deploy/prometheus/rules").resolve(name);
    var links = LINK.matcher(Files.readString(rules)).results().toList();

    assertThat(links).hasSameSizeAs(matches(rules, "- alert: (\\w+)").toList());
    assertThat(links)
        .allSatisfy(
            link ->
                assertThat(anchors(ROOT.resolve(link.group(1))))
                    .as(link.group())
                    .contains(link.group(2)));
  }

  @Test
  void eachAlertOfCloudMonitoringHasASection() throws IOException {
    var alerts =
        matches(
            ROOT.resolve("deploy/terraform/modules/monitoring/alerts.tf"),
            "^ +([a-z][a-z-]*) += \\{$\\s+title ");
    assertThat(
            Stream.concat(
                alerts,
                Stream.of(
                    "availability",
                    "latency",
                    "silence",
                    "uptime-api",
                    "uptime-tracking",
                    "certificate-api",
                    "certificate-tracking")))
        .contains("memory", "job-failed")
        .isSubsetOf(anchors(ROOT.resolve("docs/runbook.md")));
  }

  @Test
  void theHeapHasTheShareThatTheImageGivesIt() throws IOException {
    var share =
        matches(ROOT.resolve("deploy/image/java.options"), "^-XX:MaxRAMPercentage=([0-9]+)$");
    assertThat(share.toList())
        .singleElement()
        .satisfies(
            percent ->
                assertThat(ROOT.resolve("docs/runbook.md"))
                    .content()
                    .contains("it may take " + percent + " % of the container"));
  }

  @Test
  void linksInsideTheRunbookResolve() throws IOException {
    var runbook = ROOT.resolve("docs/runbook.md");
    assertThat(matches(runbook, "\\]\\(#([^)]+)\\)").toList())
        .isNotEmpty()
        .isSubsetOf(anchors(runbook));
  }
}
