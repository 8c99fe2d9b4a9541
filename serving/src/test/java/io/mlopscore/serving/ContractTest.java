package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases of the original service's contract that need no limit and no restart, by number.
class ContractTest {
  private static Api api;

  @BeforeAll
  static void start() {
    api = Api.start("MLOPS_LIMIT_FAILED_KEYS", "off");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a01RootSaysWhatThisIs() {
    var body = json(api.get("/"));

    assertThat(body.path("message").asText()).contains("API Classification Iris");
    assertThat(body.path("docs").asText()).isEqualTo("/docs");
    assertThat(body.path("health").asText()).isEqualTo("/health");
  }

  @Test
  void a02a03HealthWithAModel() {
    var answer = api.get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"healthy\",\"model_loaded\":true,\"version\":\"1.0.0\"}");
  }

  @Test
  void a06InfoDescribesTheModel() {
    var answer = api.get("/model/info", "X-API-Key", Api.KEY);
    var body = json(answer);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.path("model_type").asText()).isEqualTo("RandomForestClassifier");
    assertThat(body.path("accuracy").asDouble()).isEqualTo(0.9667);
    assertThat(body.path("feature_names")).hasSize(4);
    assertThat(body.path("target_names")).hasSize(3);
    assertThat(body.path("n_features").asInt()).isEqualTo(4);
    assertThat(body.path("n_samples").asInt()).isEqualTo(120);
  }

  @Test
  void a08AValidRowIsClassified() {
    var answer = api.predict(Api.OK);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"prediction\":\"setosa\",\"confidence\":1.0,\"probabilities\":"
                + "{\"setosa\":1.0,\"versicolor\":0.0,\"virginica\":0.0}}");
    assertThat(answer.headers().firstValue("X-Model-Version")).hasValue("1");
  }

  @Test
  void a09MissingFieldsAreNamed() {
    var answer = api.predict("{\"sepal_length\":5.1,\"sepal_width\":3.5}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(types(answer)).containsExactly("missing", "missing");
    assertThat(json(answer).at("/detail/0/loc").toString())
        .isEqualTo("[\"body\",\"petal_length\"]");
    assertThat(json(answer).at("/detail/1/loc").toString()).isEqualTo("[\"body\",\"petal_width\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1.0 | greater_than_equal",
        "25.0 | less_than_equal",
        "\"invalid\" | float_parsing",
        "null | float_type",
        // A39: only JSON numbers are numbers
        "\"5.1\" | float_parsing",
        "true | float_type",
        "[5.1] | float_type",
        "{\"a\":1} | float_type",
        "1e999 | finite_number",
        "-1e999 | finite_number"
      })
  void a10toA13a39WrongValuesAreRefused(String value, String type) {
    var answer = api.predict(Api.OK.replace("5.1", value));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(types(answer)).containsExactly(type);
    assertThat(json(answer).at("/detail/0/loc").toString())
        .isEqualTo("[\"body\",\"sepal_length\"]");
  }

  @Test
  void a14BoundsBelongToTheRange() {
    assertThat(api.predict(Api.row(0, 0, 0, 0)).statusCode()).isEqualTo(200);
    assertThat(api.predict(Api.row(20, 20, 20, 20)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"5.1,3.5,1.4,0.2,setosa", "7.0,3.2,4.7,1.4,versicolor", "6.3,3.3,6.0,2.5,virginica"})
  void a15EachClassIsFound(double a, double b, double c, double d, String label) {
    var body = json(api.predict(Api.row(a, b, c, d)));

    assertThat(body.path("prediction").asText()).isEqualTo(label);
    assertThat(body.path("confidence").asDouble()).isGreaterThan(0.5);
    assertThat(body.path("confidence")).isEqualTo(body.path("probabilities").path(label));
    var sum =
        StreamSupport.stream(body.path("probabilities").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .sum();
    assertThat(sum).isBetween(0.99, 1.01);
  }

  @Test
  void a16WithoutAKey() {
    for (var answer : List.of(api.post("/predict", Api.OK), api.get("/model/info"))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("ApiKey");
      assertThat(json(answer).path("detail").asText()).startsWith("API key missing");
    }
  }

  @Test
  void a17WithAWrongKey() {
    var wrong = new String[] {"X-API-Key", Api.KEY + "x"};
    for (var answer : List.of(api.post("/predict", Api.OK, wrong), api.get("/model/info", wrong))) {
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("ApiKey");
      assertThat(json(answer).path("detail").asText()).isEqualTo("Invalid API key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/health/live", "/health/ready", "/metrics", "/docs"})
  void a19PublicPagesNeedNoKey(String path) {
    assertThat(api.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,200",
    "GET,/nope,404",
    "GET,/predict,405",
    "POST,/predict,401",
    "OPTIONS,/predict,405",
    "GET,/docs,200",
    "GET,/health//,404",
    "TRACE,/health,405"
  })
  void a26SecurityHeadersAreEverywhere(String method, String path, int status) {
    var answer = api.send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy"))
        .hasValue("strict-origin-when-cross-origin");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void a29MetricsAreInPrometheusText() {
    var answer = api.get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(answer.body())
        .contains("# HELP model_loaded ", "# TYPE model_loaded gauge", "model_loaded 1.0")
        .contains("model_version_info{model=\"flowers\",version=\"1\"} 1.0")
        .contains("process_memory_limit_bytes")
        .containsPattern("model_loaded_timestamp_seconds 1[.\\d]+E9");
  }

  @Test
  void a30PredictionsAreCounted() {
    var before = api.get("/metrics").body();
    IntStream.range(0, 3).forEach(_ -> api.predict(Api.row(7.0, 3.2, 4.7, 1.4)));
    var after = api.get("/metrics").body();

    assertRose(before, after, "model_predictions_total{predicted_class=\"versicolor\"}", 3);
    assertRose(before, after, "model_confidence_count{predicted_class=\"versicolor\"}", 3);
    assertThat(sample(after, "model_confidence_bucket{predicted_class=\"versicolor\",le=\"1.0\"}"))
        .isEqualTo(sample(after, "model_confidence_count{predicted_class=\"versicolor\"}"));
  }

  @Test
  void a31FailuresAreCounted() {
    var before = api.get("/metrics").body();
    api.post("/predict", Api.OK);
    api.post("/predict", Api.OK, "X-API-Key", "wrong");
    api.predict("{}");
    api.get("/nope");
    var after = api.get("/metrics").body();

    for (var status : List.of("401", "403", "422")) {
      assertRose(
          before,
          after,
          "http_requests_total{method=\"POST\",route=\"/predict\",status=\"" + status + "\"}",
          1);
    }
    assertRose(
        before, after, "api_errors_total{endpoint=\"/predict\",error_type=\"validation\"}", 1);
    assertThat(after).contains("route=\"unmatched\",status=\"404\"").doesNotContain("/nope");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bad",
        "",
        "[]",
        "5",
        "\"text\"",
        "null",
        "{}{}",
        "{\"sepal_length\":NaN}",
        "{\"sepal_length\":Infinity}",
        "{\"sepal_length\":-Infinity}",
        "{\"sepal_length\":\"nan\"}",
        "{\"sepal_length\":0x10}",
        "{'sepal_length':1}",
        "{\"sepal_length\":1,}",
        "{\"sepal_length\":1}x"
      })
  void a36a37BrokenBodiesAreTheCallersFault(String body) {
    var answer = api.predict(body);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(types(answer)).isNotEmpty();
  }

  @Test
  void a36AnotherContentTypeIsRefused() {
    var answer =
        api.send("POST", "/predict", Api.OK, "Content-Type", "text/plain", "X-API-Key", Api.KEY);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("detail").asText()).contains("application/json");
  }

  @Test
  void anEncodedBodyIsRefusedWithAReason() {
    var answer = api.post("/predict", Api.OK, "X-API-Key", Api.KEY, "Content-Encoding", "gzip");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).path("detail").asText()).contains("without Content-Encoding");
  }

  @Test
  void deepNestingIsRefused() {
    var deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(api.predict(deep).statusCode()).isEqualTo(422);
    assertThat(api.predict(Api.OK.replace("5.1", deep)).statusCode()).isEqualTo(422);
    assertThat(api.predict(Api.OK.replace("{", "{\"x\":" + deep + ",")).statusCode())
        .isEqualTo(422);
  }

  @Test
  void soundJsonBeyondTheLimitsIsNotCalledInvalid() {
    for (var value : List.of("1".repeat(500), "[".repeat(30) + "]".repeat(30))) {
      var message = json(api.predict(Api.OK.replace("5.1", value))).at("/detail/0/msg").asText();

      assertThat(message)
          .contains("nested 20 deep", "(line 1, column ")
          .doesNotContain("not valid");
    }
  }

  @Test
  void a39UnknownFieldsAreIgnoredAndDuplicatesRefused() {
    var unknown = Api.OK.replace("{", "{\"id\":{\"a\":[1,2]},\"note\":\"x\",");

    assertThat(api.predict(unknown).statusCode()).isEqualTo(200);
    assertThat(types(api.predict(Api.OK.replace("{", "{\"sepal_length\":1,"))))
        .containsExactly("duplicate");
  }

  @Test
  void whatWasSentIsNotEchoed() {
    assertThat(api.predict(Api.OK.replace("5.1", "\"secret\"")).body()).doesNotContain("secret");
  }

  @Test
  void a40MethodsAndPaths() {
    var wrongMethod = api.get("/predict");
    var head = api.send("HEAD", "/", "");

    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("POST");
    assertThat(json(wrongMethod).path("detail").asText()).isEqualTo("Method Not Allowed");
    assertThat(json(api.get("/nope")).path("detail").asText()).isEqualTo("Not Found");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(api.get("/").body().length()));
  }

  @Test
  void a41DocsWorkWithoutANetwork() {
    var page = api.get("/docs");

    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body()).doesNotContain("://");
    for (var part : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon.png")) {
      assertThat(page.body()).contains("docs/" + part);
      assertThat(api.get("/docs/" + part).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a41OpenApiDescribesTheFieldsOfTheModel() {
    var body = json(api.get("/openapi.json"));
    var row = body.at("/components/schemas/Row");

    assertThat(body.path("openapi").asText()).startsWith("3.1");
    assertThat(body.at("/paths/~1predict/post/requestBody/content/application~1json/schema/$ref"))
        .hasToString("\"#/components/schemas/Row\"");
    assertThat(row.path("required")).hasSize(4);
    assertThat(row.path("properties")).hasSize(4);
    for (var field : row.path("properties")) {
      assertThat(field.path("type").asText()).isEqualTo("number");
      assertThat(field.path("minimum").asDouble(-1)).isEqualTo(0);
      assertThat(field.path("maximum").asDouble()).isEqualTo(20);
    }
    assertThat(row.at("/properties/petal_length/examples/0").asDouble()).isEqualTo(1.4);
  }

  @Test
  void eachCallOfTheDescriptionIsInAGroup() {
    for (var path : json(api.get("/openapi.json")).path("paths")) {
      for (var call : path) {
        assertThat(call.path("tags")).hasSize(1);
      }
    }
  }

  @Test
  void harmlessRequestIdsAreKeptAndOthersReplaced() {
    assertThat(api.get("/", "X-Request-ID", "trace-7_a.b").headers().firstValue("X-Request-ID"))
        .hasValue("trace-7_a.b");
    assertThat(api.get("/", "X-Request-ID", "a\"b").headers().firstValue("X-Request-ID").orElse(""))
        .matches("[0-9a-f]{16}");
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  private static List<String> types(HttpResponse<String> answer) {
    return StreamSupport.stream(json(answer).path("detail").spliterator(), false)
        .map(problem -> problem.path("type").asText())
        .toList();
  }

  private static void assertRose(String before, String after, String series, double by) {
    assertThat(sample(after, series) - sample(before, series)).as(series).isEqualTo(by);
  }

  private static double sample(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
