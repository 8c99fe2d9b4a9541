package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.model.Scorer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What happens to callers when the service stops.
class StopTest {
  @Test
  void a44RequestsInFlightFinishAndReadinessEndsAtOnce() throws Exception {
    var flowers = Flowers.empty();
    var slow = new SlowModel();
    flowers.put("1", slow);
    var api = Api.start(flowers);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      slow.armed = true;
      var inFlight = callers.submit(() -> api.predict(Api.OK));
      slow.entered.await();
      var stop = callers.submit(api.server::stop);
      int ready = 200;
      while (ready == 200) {
        ready = api.get("/health/ready").statusCode();
      }
      slow.proceed.countDown();

      assertThat(ready).isEqualTo(503);
      assertThat(inFlight.get().statusCode()).isEqualTo(200);
      stop.get();
    }
    assertThat(api.log()).contains("\"event\":\"stopped\"");
    api.close();
  }

  /// Waits in the middle of a prediction until it is told to go on.
  private static final class SlowModel implements Scorer {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch proceed = new CountDownLatch(1);
    private volatile boolean armed;

    @Override
    public List<String> classes() {
      return FlowerModel.CLASSES;
    }

    @Override
    public double[] probabilities(double[] row) {
      if (armed) {
        entered.countDown();
        try {
          proceed.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return new double[] {1, 0, 0};
    }

    @Override
    public void close() {}
  }
}
