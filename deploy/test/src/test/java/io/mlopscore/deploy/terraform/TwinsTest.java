package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What Prometheus watches and what Cloud Monitoring watches do not say different things.
@Tag("terraform")
class TwinsTest {
  private static final Path DEPLOY = Terraform.repository().resolve("deploy");
  private static final Pattern WINDOW = Pattern.compile("ratio_rate(\\w+)\\{");
  private static final Pattern LOOKBACK = Pattern.compile("\"(\\d+)s\"\\)");

  @TempDir static Path folder;
  private static Plan plan = new Plan("", List.of());

  @BeforeAll
  static void plan() throws Exception {
    try (var provider = SchemaProvider.start("/terraform/google-6.50.0.json")) {
      var terraform = Terraform.copyTo(folder, provider.reattach());
      var prod = terraform.root().resolve("environments/prod");
      plan = Plan.of("environments/prod", terraform, prod, "plan");
    }
  }

  @Test
  void everyPromiseIsAnObjective() throws IOException {
    var promised = new ArrayList<String>();
    var levels = yaml("slo.yaml");
    levels
        .path("services")
        .forEachEntry(
            (name, service) -> {
              var availability = service.path("availability");
              var latency = service.path("latency");
              promised.add(name + " availability " + share(availability.decimalValue()));
              promised.add(
                  "%s latency %s in %s ms"
                      .formatted(
                          name,
                          share(latency.path("percent").decimalValue()),
                          latency.path("milliseconds").asText()));
            });
    assertThat(plan.all("google_monitoring_slo").map(TwinsTest::objective))
        .containsExactlyInAnyOrderElementsOf(promised);
    assertThat(plan.all("google_monitoring_slo"))
        .allMatch(
            slo -> slo.values().path("rolling_period_days").asInt() == levels.path("days").asInt());
  }

  private static String objective(Plan.Resource slo) {
    var name = slo.address().replaceFirst(".*\\[\"(.*)\"]", "$1");
    var range = slo.values().at("/request_based_sli/0/distribution_cut/0/range/0/max");
    return "%s %s %s%s"
        .formatted(
            name,
            slo.values().path("slo_id").asText(),
            slo.values().path("goal").decimalValue().stripTrailingZeros(),
            range.isMissingNode() ? "" : " in " + range.asInt() + " ms");
  }

  /// Same services, objectives, speeds and windows, and as loud.
  @Test
  void everyBurnAlertIsThereTwice() throws IOException {
    var ours = new TreeSet<String>();
    var budgets = budgets();
    for (var rule : alerts(yaml("prometheus/rules/slo.yaml"))) {
      var name = rule.at("/labels/service").asText() + " " + rule.at("/labels/slo").asText();
      var threshold = rule.path("expr").asText().replaceFirst("(?s).*> ", "");
      var factor = new BigDecimal(threshold).divide(budgets.get(name)).stripTrailingZeros();
      var windows =
          WINDOW
              .matcher(rule.path("expr").asText())
              .results()
              .map(found -> seconds(found.group(1)));
      ours.add(
          "%s %s over %s: %s"
              .formatted(
                  name,
                  factor.toPlainString(),
                  windows.toList(),
                  rule.at("/labels/severity").asText()));
    }
    assertThat(
            plan.all("google_monitoring_alert_policy")
                .filter(alert -> alert.values().at("/user_labels").has("slo"))
                .map(TwinsTest::burn))
        .containsExactlyInAnyOrderElementsOf(ours);
  }

  private static String burn(Plan.Resource alert) {
    var conditions = alert.values().path("conditions").findValues("condition_threshold");
    var windows =
        conditions.stream()
            .map(condition -> LOOKBACK.matcher(condition.at("/0/filter").asText()))
            .filter(Matcher::find)
            .map(found -> Long.valueOf(found.group(1)))
            .toList();
    return "%s %s %s over %s: %s"
        .formatted(
            alert.values().at("/user_labels/service").asText(),
            alert.values().at("/user_labels/slo").asText(),
            conditions.getFirst().at("/0/threshold_value").asText(),
            windows,
            alert.values().path("severity").asText().equals("CRITICAL") ? "page" : "ticket");
  }

  /// The table of the page: its left column is all of Prometheus' alerts, and who is named as twin
  /// is there.
  @Test
  void everyAlertOnACauseHasATwinOrAReason() throws IOException {
    var names = plan.all("google_monitoring_alert_policy").map(TwinsTest::name).toList();
    var rows = new LinkedHashMap<String, String>();
    for (var row : InfrastructurePageTest.rows("## Alerts of Prometheus")) {
      var cells = row.split("\\|", -1);
      rows.put(cells[1].strip().replace("`", ""), cells[2].strip());
    }
    assertThat(rows.keySet())
        .containsExactlyInAnyOrderElementsOf(
            alerts(yaml("prometheus/rules/causes.yaml")).stream()
                .map(rule -> rule.path("alert").asText())
                .toList());
    assertThat(rows.values())
        .allSatisfy(
            twin ->
                assertThat(twin.startsWith("none: ") ? Set.<String>of() : quoted(twin))
                    .isSubsetOf(names));
    assertThat(rows.values().stream().filter(twin -> !twin.startsWith("none: ")))
        .hasSizeGreaterThan(15)
        .noneMatch(twin -> quoted(twin).isEmpty());
  }

  private static Set<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`")
        .matcher(cell)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String name(Plan.Resource alert) {
    return alert.values().at("/user_labels/alert").asText();
  }

  private static Map<String, BigDecimal> budgets() throws IOException {
    var budgets = new LinkedHashMap<String, BigDecimal>();
    yaml("slo.yaml")
        .path("services")
        .forEachEntry(
            (name, service) -> {
              budgets.put(name + " availability", budget(service.path("availability")));
              budgets.put(name + " latency", budget(service.at("/latency/percent")));
            });
    return budgets;
  }

  private static BigDecimal budget(JsonNode percent) {
    return BigDecimal.ONE.subtract(share(percent.decimalValue()));
  }

  private static BigDecimal share(BigDecimal percent) {
    return percent.movePointLeft(2).stripTrailingZeros();
  }

  private static long seconds(String window) {
    var number = Long.parseLong(window.substring(0, window.length() - 1));
    return switch (window.charAt(window.length() - 1)) {
      case 'm' -> number * 60;
      case 'h' -> number * 3600;
      case 'd' -> number * 86400;
      default -> throw new IllegalArgumentException("a window of " + window);
    };
  }

  private static List<JsonNode> alerts(JsonNode rules) {
    var alerts = new ArrayList<JsonNode>();
    for (var group : rules.path("groups")) {
      for (var rule : group.path("rules")) {
        if (rule.has("alert")) {
          alerts.add(rule);
        }
      }
    }
    return alerts;
  }

  private static JsonNode yaml(String file) throws IOException {
    var text = Files.readString(DEPLOY.resolve(file));
    var loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new ObjectMapper().valueToTree(loaded);
  }
}
