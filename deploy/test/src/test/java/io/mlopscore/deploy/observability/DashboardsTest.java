package io.mlopscore.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A Prometheus that watches several namespaces of a cluster answers for the one that is chosen.
final class DashboardsTest {
  private static final String CHOSEN = "namespace=~\"$namespace\"}";

  private static JsonNode dashboard(String name) throws IOException {
    var file = Path.of("../grafana/dashboards/" + name + ".json");
    return new ObjectMapper().readTree(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "pipeline", "service", "tracking"})
  void seriesAreThoseOfTheNamespaceThatIsChosen(String name) throws IOException {
    var expressions = dashboard(name).path("panels").findValuesAsText("expr");
    assertThat(expressions)
        .isNotEmpty()
        .allMatch(each -> count(each, "{") > 0 && count(each, "{") == count(each, CHOSEN));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  /// Series of a single host have no such label; they are among all, where `.*` takes its absence.
  @ParameterizedTest
  @ValueSource(strings = {"model", "pipeline", "service", "tracking"})
  void namespaceIsChosenFirstAndMayBeAny(String name) throws IOException {
    var variables = dashboard(name).at("/templating/list");
    assertThat(variables.get(0).path("name").asText()).isEqualTo("namespace");
    assertThat(variables.get(0).path("allValue").asText()).isEqualTo(".*");
    assertThat(variables.get(1).path("definition").asText()).contains(CHOSEN);
  }
}
