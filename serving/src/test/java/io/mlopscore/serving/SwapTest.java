package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.model.Scorer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// New versions while callers are busy.
class SwapTest {
  @Test
  void a43NoRequestIsLostWhenAVersionIsPromoted() throws Exception {
    var flowers = Flowers.empty();
    var first = new FlowerModel();
    flowers.put("1", first);
    try (var api = Api.start(flowers);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new AtomicBoolean();
      var streams =
          IntStream.range(0, 16).mapToObj(_ -> callers.submit(() -> callUntil(done, api))).toList();
      for (int version = 2; version <= 6; version++) {
        flowers.put(Integer.toString(version), new FlowerModel());
        api.server.checkModel();
        assertThat(version(api.predict(Api.OK))).isEqualTo(Integer.toString(version));
      }
      done.set(true);

      var answers = streams.stream().flatMap(SwapTest::result).toList();
      assertThat(answers).hasSizeGreaterThanOrEqualTo(16);
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
      assertThat(first.closed).as("drained").isTrue();
      assertThat(api.get("/metrics").body())
          .contains("model_version_info{model=\"flowers\",version=\"6\"} 1.0")
          .doesNotContain("version=\"1\"}");
    }
  }

  @Test
  void aBrokenVersionIsRefusedAndTheOldOneKeepsServing() {
    var flowers = Flowers.withVersion("1");
    var api = Api.start(flowers);
    var broken = new BrokenModel();
    flowers.put("2", broken);
    api.server.checkModel();
    api.server.checkModel();

    assertThat(version(api.predict(Api.OK))).isEqualTo("1");
    var ready = api.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"model_version\":\"1\"", "\"refused_version\":\"2\"");
    assertThat(api.get("/metrics").body()).contains("model_refused_total 1.0");
    assertThat(broken.closed).isTrue();
    assertThat(flowers.fetches()).as("it is not tried again").isEqualTo(2);

    flowers.put("3", new FlowerModel());
    api.server.checkModel();
    assertThat(api.get("/health/ready").body()).doesNotContain("refused");
    api.close();
    assertThat(api.log()).containsOnlyOnce("\"event\":\"model_refused\"").contains("self-test");
  }

  @Test
  void aVersionThatCouldNotBeReadIsTriedAgain() {
    var flowers = Flowers.withVersion("1");
    try (var api = Api.start(flowers)) {
      flowers.failOnce(new IOException("the network is down"));
      flowers.put("2", new FlowerModel());
      api.server.checkModel();
      api.server.checkModel();

      assertThat(version(api.predict(Api.OK))).isEqualTo("2");
      assertThat(flowers.fetches()).isEqualTo(3);
    }
  }

  @Test
  void probabilitiesStayInTheirRangeAndNoNumberIsTheServersFault() {
    var flowers = Flowers.empty();
    flowers.put("1", new RoundingModel());
    try (var api = Api.start(flowers)) {
      assertThat(api.predict(Api.row(1, 1, 1, 1)).body())
          .isEqualTo(
              "{\"prediction\":\"setosa\",\"confidence\":1.0,\"probabilities\":"
                  + "{\"setosa\":1.0,\"versicolor\":0.0,\"virginica\":0.55}}");
      assertThat(api.predict(Api.row(1, 1, 20, 1)).statusCode()).isEqualTo(500);
    }
  }

  @Test
  void aModelThatThrowsIsTheServersFault() {
    var flowers = Flowers.empty();
    flowers.put("1", new MoodyModel());
    var api = Api.start(flowers);

    var answer = api.predict(Api.row(1, 1, 20, 1));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"The model failed on this input\"}");
    assertThat(api.get("/metrics").body())
        .contains("api_errors_total{endpoint=\"/predict\",error_type=\"prediction\"} 1.0");
    api.close();
    assertThat(api.log()).contains("\"event\":\"prediction_failed\"", "bad mood");
  }

  private static List<HttpResponse<String>> callUntil(AtomicBoolean done, Api api) {
    return Stream.generate(() -> api.predict(Api.OK)).takeWhile(_ -> !done.get()).toList();
  }

  private static Stream<HttpResponse<String>> result(Future<List<HttpResponse<String>>> stream) {
    try {
      return stream.get().stream();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String version(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Model-Version").orElse("none");
  }

  /// Loads, but gives no probabilities.
  private static final class BrokenModel implements Scorer {
    private boolean closed;

    @Override
    public List<String> classes() {
      return FlowerModel.CLASSES;
    }

    @Override
    public double[] probabilities(double[] row) {
      return new double[] {Double.NaN, 0, 0};
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /// Gives sums of floats that are a little off; no number for long petals.
  private static final class RoundingModel implements Scorer {
    @Override
    public List<String> classes() {
      return FlowerModel.CLASSES;
    }

    @Override
    public double[] probabilities(double[] row) {
      if (row[2] > 10) {
        return new double[] {0, 0, Double.NaN};
      }
      return row[0] > 5 ? new double[] {1, 0, 0} : new double[] {1.0000001192092896, -1e-9, 0.55f};
    }

    @Override
    public void close() {}
  }

  /// Fails on long petals.
  private static final class MoodyModel implements Scorer {
    @Override
    public List<String> classes() {
      return FlowerModel.CLASSES;
    }

    @Override
    public double[] probabilities(double[] row) {
      if (row[2] > 10) {
        throw new IllegalStateException("bad mood");
      }
      return new double[] {1, 0, 0};
    }

    @Override
    public void close() {}
  }
}
