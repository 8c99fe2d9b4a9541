package io.mlopscore.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlopscore.monitoring.ServiceClient.Answer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a prediction API that was just deployed does what it must: ready, closed to strangers,
/// described, and with the answers that it gave before.
///
/// @param patience how long it may take to get ready
/// @param golden what it must answer; empty if nothing was recorded
/// @param requests how many are timed; 0 for none
/// @param slowest the most that the slowest hundredth may take; empty for no limit
public record Smoke(
    ServiceClient service,
    Duration patience,
    Optional<GoldenFile> golden,
    int requests,
    Optional<Duration> slowest) {
  private static final String WRONG_KEY = "wrong-" + "0".repeat(40);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /// Looks at everything. A service that is not ready is not asked further.
  ///
  /// @throws IOException if the connection breaks in the middle
  public List<Check> run(Clock clock) throws IOException {
    var checks = new ArrayList<Check>();
    checks.add(ready(clock));
    if (!checks.getFirst().isFailed()) {
      checks.add(keys());
      checks.add(description());
      checks.add(page());
      checks.add(goldenPredictions());
      checks.add(latency());
    }
    return checks;
  }

  private Check ready(Clock clock) {
    var end = clock.instant().plus(patience);
    var last = ask();
    while (last.isFailed() && clock.instant().isBefore(end)) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return last;
      }
      last = ask();
    }
    return last;
  }

  private Check ask() {
    try {
      var answer = service.get("/health/ready");
      return Check.of("ready", answer.status() == 200, answer.status() + " " + answer.excerpt());
    } catch (IOException e) {
      var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return Check.failed("ready", service.address() + " does not answer: " + reason);
    }
  }

  private Check keys() throws IOException {
    var row = golden.map(file -> file.predictions().getFirst().input()).orElseGet(Smoke::noRow);
    var without = service.predict(row, "").status();
    if (!service.hasKey()) {
      return isRefusal(without)
          ? Check.failed("keys", "it wants a key; set API_KEY, or name a file with --key-file")
          : Check.skipped("keys", "open to everyone, as no key was given to ask with");
    }
    var wrong = service.predict(row, WRONG_KEY).status();
    return Check.of(
        "keys",
        isRefusal(without) && isRefusal(wrong),
        "%d without a key, %d with a wrong one".formatted(without, wrong));
  }

  private static boolean isRefusal(int status) {
    return status == 401 || status == 403;
  }

  private static JsonNode noRow() {
    return JsonNodeFactory.instance.objectNode();
  }

  private Check description() throws IOException {
    var answer = service.get("/openapi.json");
    var version = answer.status() == 200 ? answer.json().path("openapi").asText() : "";
    return Check.of(
        "openapi",
        version.startsWith("3.") && answer.json().at("/paths/~1predict").isObject(),
        answer.status() + (version.isEmpty() ? "" : ", OpenAPI " + version));
  }

  private Check page() throws IOException {
    var answer = service.get("/docs");
    return Check.of("docs", answer.status() == 200, "status " + answer.status());
  }

  private Check goldenPredictions() throws IOException {
    if (golden.isEmpty()) {
      return Check.skipped("golden", "no file was named with --golden");
    }
    var file = golden.get();
    var difference = new AnswerDifference(file.tolerance());
    for (int row = 0; row < file.predictions().size(); row++) {
      var expected = file.predictions().get(row);
      var answer = service.predictWithin(expected.input());
      var problem = problem(file, difference, expected, answer);
      if (problem.isPresent()) {
        return Check.failed("golden", "row %d: %s".formatted(row + 1, problem.get()));
      }
    }
    return Check.passed(
        "golden",
        "%d predictions of version %s within %s"
            .formatted(file.predictions().size(), file.modelVersion(), file.tolerance()));
  }

  private static Optional<String> problem(
      GoldenFile file, AnswerDifference difference, GoldenFile.Golden expected, Answer answer)
      throws IOException {
    if (answer.status() != 200) {
      return Optional.of(
          "status %d: %s; was the file recorded with another model?"
              .formatted(answer.status(), answer.excerpt()));
    }
    if (!file.modelVersion().isEmpty() && !file.modelVersion().equals(answer.modelVersion())) {
      return Optional.of(
          "version %s answers, the file is of version %s; record it again"
              .formatted(answer.modelVersion(), file.modelVersion()));
    }
    return difference.between(expected.answer(), answer.json());
  }

  private Check latency() throws IOException {
    if (requests == 0) {
      return Check.skipped("latency", "not asked for");
    }
    var times = new ArrayList<Duration>();
    var last = 200;
    for (int i = 0; i < requests && last == 200; i++) {
      var answer = timed(i);
      last = answer.status();
      if (last == 200) {
        times.add(answer.took());
      }
    }
    if (last != 200 && last != 429) {
      return Check.failed("latency", "status %d after %d requests".formatted(last, times.size()));
    }
    return times.isEmpty()
        ? Check.skipped("latency", "the rate limit lets nothing more through")
        : judged(times);
  }

  private Check judged(List<Duration> times) {
    times.sort(null);
    var p99 = times.get((times.size() * 99 + 99) / 100 - 1);
    return Check.of(
        "latency",
        slowest.filter(limit -> p99.compareTo(limit) > 0).isEmpty(),
        "p50 %s, p99 %s over %d requests one after another%s%s"
            .formatted(
                millis(times.get(times.size() / 2)),
                millis(p99),
                times.size(),
                times.size() < requests ? ", more its rate limit did not let through" : "",
                slowest.map(limit -> ", at most " + millis(limit) + " is allowed").orElse("")));
  }

  private Answer timed(int number) throws IOException {
    if (golden.isEmpty()) {
      return service.get("/health/ready");
    }
    var rows = golden.get().predictions();
    return service.predict(rows.get(number % rows.size()).input());
  }

  private static String millis(Duration time) {
    return "%.1f ms".formatted(time.toNanos() / 1e6);
  }
}
