package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.NewLoggedModel;
import io.mlopscore.tracking.NewModelVersion;
import io.mlopscore.tracking.Prompts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages show of a tracking store.
final class ConsoleTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

  @TempDir private Path directory;
  private ServedConsole console;
  private String experiment;

  @BeforeEach
  void serve() {
    console = new ServedConsole(directory);
    experiment = console.tracking().store().createExperiment("flowers", Map.of());
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private String page(String path) throws IOException, InterruptedException {
    var response = console.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    return response.body();
  }

  @Test
  void startPageListsExperimentsWithRunsAndLastActivity() throws Exception {
    console.run(experiment, "one", Map.of(), Map.of());
    console.run(experiment, "two", Map.of(), Map.of());

    assertThat(page("/"))
        .contains("href=\"/experiments/" + experiment + "\">flowers</a>")
        .contains("<td class=\"number\">2</td>")
        .contains("title=\"2026-03-01 11:01:30.000 UTC\">58 minutes ago</span>");
  }

  @Test
  void startPageSaysHowToGetAModelWhenThereIsNone() throws Exception {
    assertThat(page("/")).contains("No model is registered yet.");
  }

  @Test
  void startPageListsModelsWithAliases() throws Exception {
    var run = console.run(experiment, "one", Map.of(), Map.of());
    register("Iris Classifier", run);

    assertThat(page("/"))
        .contains("href=\"/models/Iris%20Classifier\">Iris Classifier</a>")
        .contains("champion <b>v1</b>");
  }

  @Test
  void startPageShowsTheModelsThatChangedLast() throws Exception {
    var registry = console.tracking().registry();
    for (var name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k")) {
      registry.createRegisteredModel(name, Map.of(), "");
    }
    registry.describeRegisteredModel("k", "the newest");
    assertThat(page("/")).contains(">k<", "These 10 changed last").doesNotContain(">a<");
  }

  @Test
  void experimentPageMarksTheBestValueOfEachMetric() throws Exception {
    console.run(experiment, "one", Map.of("trees", "10"), Map.of("f1", 0.5, "log_loss", 0.25));
    console.run(experiment, "two", Map.of("trees", "200"), Map.of("f1", 0.75, "log_loss", 0.5));

    assertThat(page("/experiments/" + experiment))
        .contains("<strong class=\"best\">0.75</strong>", "<strong class=\"best\">0.25</strong>")
        .doesNotContain("<strong class=\"best\">0.5</strong>")
        .contains(">1 min 30 s<", "FINISHED");
  }

  @Test
  void importanceOfAFeatureIsNeitherGoodNorBad() throws Exception {
    var one = console.run(experiment, "one", Map.of(), Map.of("importance_width", 0.125));
    var two = console.run(experiment, "two", Map.of(), Map.of("importance_width", 0.25));

    for (var path : List.of("/experiments/" + experiment, "/compare?run=" + one + "&run=" + two)) {
      assertThat(page(path)).contains(">0.25<").doesNotContain("<strong class=\"best\">0.25<");
    }
  }

  @Test
  void runsAreSortedByParamsAsNumbers() throws Exception {
    console.run(experiment, "small", Map.of("trees", "9"), Map.of());
    console.run(experiment, "large", Map.of("trees", "200"), Map.of());
    console.run(experiment, "middle", Map.of("trees", "10"), Map.of());

    var ascending = page("/experiments/" + experiment + "?sort=params.trees&order=asc");
    assertThat(ascending)
        .containsSubsequence(">small<", ">middle<", ">large<")
        .contains("aria-sort=\"ascending\"")
        .contains("?sort=params.trees&amp;order=desc");
    assertThat(page("/experiments/" + experiment + "?sort=params.trees&order=desc"))
        .containsSubsequence(">large<", ">middle<", ">small<");
  }

  @Test
  void runsThatLackTheSortedMetricComeLast() throws Exception {
    console.run(experiment, "without", Map.of(), Map.of());
    console.run(experiment, "with", Map.of(), Map.of("f1", 0.5));

    for (var order : List.of("asc", "desc")) {
      assertThat(page("/experiments/" + experiment + "?sort=metrics.f1&order=" + order))
          .containsSubsequence(">with<", ">without<");
    }
  }

  @Test
  void runPageShowsEverythingAboutARun() throws Exception {
    var run = console.run(experiment, "one", Map.of("trees", "10"), Map.of("f1", 0.123456789));
    var dataset =
        new Dataset("train.csv", "d1gest", "local", "{\"uri\": \"train.csv\"}", null, null);
    console
        .tracking()
        .store()
        .logInputs(
            run, List.of(new DatasetInput(dataset, Map.of("mlflow.data.context", "training"))));
    var model = register("Iris", run);

    assertThat(page("/experiments/" + experiment + "/runs/" + run))
        .contains("title=\"0.123456789\">0.1235<")
        .contains("trees", "train.csv", "d1gest", "training")
        .contains("Iris version 1", "champion", model.modelId())
        .isEqualTo(page("/runs/" + run));
  }

  /// Exactly what the API says is with the text.
  @Test
  void infiniteMetricsAreShownAsSuch() throws Exception {
    var metrics = Map.of("loss", Double.POSITIVE_INFINITY, "gain", Double.NEGATIVE_INFINITY);
    var run = console.run(experiment, "one", Map.of(), metrics);

    for (var path : List.of("/runs/" + run, "/experiments/" + experiment, "/compare?run=" + run)) {
      assertThat(page(path))
          .contains("title=\"1.7976931348623157E308\">∞<")
          .contains("title=\"-1.7976931348623157E308\">-∞<");
    }
  }

  @Test
  void modelPageShowsVersionsWithTheMetricsOfTheirRuns() throws Exception {
    var run = console.run(experiment, "one", Map.of(), Map.of("f1", 0.5));
    register("Iris", run);

    assertThat(page("/models/Iris"))
        .contains("id=\"v1\"", "champion")
        .contains("/experiments/" + experiment + "/runs/" + run)
        .contains("<th class=\"number edge\">f1</th>", ">0.5<");
    assertThat(page("/models/Iris/versions/1")).contains("Iris version 1", "champion", ">0.5<");
    assertThat(page("/models?q=ir")).contains("href=\"/models/Iris\"");
    assertThat(page("/models?q=none")).contains("Nothing is found.");
  }

  @Test
  void promptsAreTextsAndApartFromModels() throws Exception {
    var registry = console.tracking().registry();
    registry.createRegisteredModel("greeting", Map.of(Prompts.TAG, "true"), "");
    registry.createVersion(
        "greeting",
        "prompt-template",
        null,
        null,
        Map.of(Prompts.TAG, "true", Prompts.TEXT_TAG, "Say <hello> to {{name}}"));

    assertThat(page("/models")).doesNotContain("greeting");
    assertThat(page("/prompts")).contains("href=\"/models/greeting\"");
    for (var path : List.of("/models/greeting", "/models/greeting/versions/1")) {
      assertThat(page(path)).contains("Say &lt;hello&gt; to {{name}}");
    }
  }

  @Test
  void everythingIsBelowThePrefix() throws Exception {
    try (var prefixed = new ServedConsole(directory.resolve("other"), "/ml")) {
      var run = prefixed.run("0", "one", Map.of("p", "1"), Map.of("f1", 0.5));
      for (var path : List.of("/ml/", "/ml/experiments/0", "/ml/runs/" + run, "/ml/models")) {
        assertThat(prefixed.get(path).body())
            .doesNotContainPattern("(?:href|src|action|data-live)=\"/(?!ml/)");
      }
      assertThat(prefixed.get("/ml/console/style.css").statusCode()).isEqualTo(200);
      var renamed = prefixed.post("/ml/runs/" + run + "/name", "name=two");
      assertThat(renamed.headers().firstValue("Location")).hasValue("/ml/runs/" + run);
    }
  }

  @Test
  void linksLeadThroughAProxyThatTakesAPrefixOff() throws Exception {
    var run = console.run("0", "one", Map.of("p", "1"), Map.of("f1", 0.5));
    for (var path : List.of("/", "/experiments/0", "/runs/" + run, "/nowhere/at/all")) {
      assertThat(console.get(path, "X-Forwarded-Prefix", "/team/ml/").body())
          .doesNotContainPattern("(?:href|src|action|data-live)=\"/(?!team/ml/)");
    }
    for (var wrong : List.of("//evil.example", "/a\"b", "javascript:", "/a?b")) {
      assertThat(console.get("/", "X-Forwarded-Prefix", wrong).body())
          .contains("href=\"/console/style.css\"");
    }
  }

  @Test
  void modelWhoseNameHoldsBothQuotesHasAPage() throws Exception {
    var name = "it's \"x\"";
    var registry = console.tracking().registry();
    registry.createRegisteredModel(name, Map.of(), "");
    registry.createRegisteredModel("it's yxy", Map.of(), "");
    for (var each : List.of(name, "it's yxy")) {
      registry.createVersion(NewModelVersion.of(each, "s3://b/x"));
    }
    assertThat(page("/models/it%27s%20%22x%22")).containsOnlyOnce("/versions/1\"");
  }

  @Test
  void namesAreShownAsTextWhateverTheyHold() throws Exception {
    var hostile = console.tracking().store().createExperiment(HOSTILE, Map.of());
    var run = console.run(hostile, HOSTILE, Map.of("p", HOSTILE), Map.of("f1", 0.5));
    console.tracking().registry().createRegisteredModel("<b>\"", Map.of(), HOSTILE);

    for (var path : List.of("/", "/experiments/" + hostile, "/runs/" + run)) {
      assertThat(page(path)).doesNotContain("<script>", "<img src=x").contains("&lt;script");
    }
    assertThat(page("/models/%3Cb%3E%22")).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void browsersMayLoadFromThisServerOnlyAndRunNoScriptInPages() throws Exception {
    var response = console.get("/");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.body()).doesNotContain("<script>", "style=", "onclick", "https://");
  }

  @Test
  void pagesFindTheirStyleAndTheScriptForAddressesOfMlflow() throws Exception {
    for (var asset : Asset.values()) {
      assertThat(page("/")).contains(asset.path());
      assertThat(console.get(asset.path()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void pagesSayWhereTheyHearOfChanges() throws Exception {
    var run = console.run(experiment, "one", Map.of(), Map.of());
    console.tracking().registry().createRegisteredModel("Iris & more", Map.of(), "");

    assertThat(page("/")).contains("data-live=\"/api/mlops/v1/events\"");
    assertThat(page("/experiments/" + experiment))
        .contains("data-live=\"/api/mlops/v1/events?experiment_id=" + experiment + "\"");
    assertThat(page("/runs/" + run))
        .contains("data-live=\"/api/mlops/v1/events?run_id=" + run + "\"")
        .contains("run.metrics");
    assertThat(page("/models/Iris%20&%20more"))
        .contains("data-live=\"/api/mlops/v1/events?registry=Iris%20%26%20more\"");
    assertThat(console.get("/models/none").body()).doesNotContain("data-live=");
  }

  @Test
  void whatDoesNotExistIsAPageThatSaysSo() throws Exception {
    for (var path : List.of("/experiments/99", "/runs/none", "/models/none")) {
      var response = console.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("All experiments and models");
    }
  }

  private LoggedModel register(String name, String runId) {
    var store = console.tracking().store();
    var registry = console.tracking().registry();
    var model =
        store.createLoggedModel(
            new NewLoggedModel(experiment, "model", null, runId, Map.of(), Map.of()));
    store.logOutput(runId, model.modelId(), 0);
    store.finishLoggedModel(model.modelId(), LoggedModel.Status.READY);
    registry.createRegisteredModel(name, Map.of(), "");
    registry.createVersion(name, "models:/" + model.modelId(), runId, model.modelId(), Map.of());
    registry.setAlias(name, "champion", 1);
    return model;
  }
}
