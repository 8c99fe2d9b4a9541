package io.mlopscore.serving;

import io.mlopscore.tracking.observability.ProcessNumbers;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What Prometheus may know. The `model_*` and `api_errors_total` names are those of the original
/// service; the others follow Prometheus' conventions.
final class ServingMetrics {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("http_requests_total")
          .help("Requests by route, method and status.")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram durations =
      Histogram.builder()
          .name("http_request_duration_seconds")
          .help("Time from the parsed head of a request to its answer, by route.")
          .classicOnly()
          .classicUpperBounds(
              .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5)
          .labelNames("method", "route")
          .register(registry);
  private final Gauge inFlight =
      Gauge.builder()
          .name("http_requests_in_flight")
          .help("Requests being answered now.")
          .register(registry);
  private final Counter errors =
      Counter.builder()
          .name("api_errors_total")
          .help("Requests that failed, by kind and route.")
          .labelNames("error_type", "endpoint")
          .register(registry);
  private final Counter predictions =
      Counter.builder()
          .name("model_predictions_total")
          .help("Predictions by class.")
          .labelNames("predicted_class")
          .register(registry);
  private final Histogram confidence =
      Histogram.builder()
          .name("model_confidence")
          .help("Probability of the predicted class.")
          .classicOnly()
          .classicUpperBounds(0, .5, .7, .8, .9, .95, 1.0)
          .labelNames("predicted_class")
          .register(registry);
  private final Gauge loaded =
      Gauge.builder()
          .name("model_loaded")
          .help("1 if a model is ready to answer, otherwise 0.")
          .register(registry);
  private final Gauge remembered =
      Gauge.builder()
          .name("model_remembered")
          .help(
              "1 while the model that answers is what was served before the start, and the registry"
                  + " has not said since that it should be.")
          .register(registry);
  private final Gauge version =
      Gauge.builder()
          .name("model_version_info")
          .help("1 for the model that answers now.")
          .labelNames("model", "version")
          .register(registry);
  private final Gauge loadedSince =
      Gauge.builder()
          .name("model_loaded_timestamp_seconds")
          .help("When the model that answers now was loaded, in Unix time.")
          .register(registry);
  private final Gauge quality =
      Gauge.builder()
          .name("model_quality")
          .help("What the model that answers now reached when it was evaluated.")
          .labelNames("model", "version", "metric")
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("model_refused_total")
          .help("Releases that could not be loaded or failed their self-test.")
          .register(registry);
  private final ConcurrentHashMap<String, RoutePoints> routes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, ClassPoints> classes = new ConcurrentHashMap<>();

  ServingMetrics() {
    loaded.set(0);
    remembered.set(0);
    refused.inc(0);
  }

  /// Adds the number of log lines that were dropped.
  void watch(ServingLog log) {
    CounterWithCallback.builder()
        .name("log_lines_dropped_total")
        .help("Log lines dropped because they could not be written fast enough.")
        .callback(callback -> callback.call((double) log.dropped()))
        .register(registry);
  }

  /// Adds whether limits are counted in common with other processes.
  void watchLimits(BooleanSupplier shared) {
    GaugeWithCallback.builder()
        .name("rate_limits_shared")
        .help(
            "1 while limits are counted in Redis; 0 while it is away, and this process counts alone.")
        .callback(callback -> callback.call(shared.getAsBoolean() ? 1 : 0))
        .register(registry);
  }

  /// Adds memory, threads and garbage collection of the process.
  void watchProcess() {
    ProcessNumbers.watch(registry);
  }

  void started() {
    inFlight.inc();
  }

  void finished(Exchange exchange, int status, long nanos) {
    inFlight.dec();
    var points = routes.get(exchange.route());
    if (points == null) {
      points = routes.computeIfAbsent(exchange.route(), _ -> new RoutePoints());
    }
    points.count(exchange, status, nanos / 1e9);
    if (!exchange.error().isEmpty()) {
      errors.labelValues(exchange.error(), exchange.route()).inc();
    }
  }

  void predicted(String label, double probability) {
    var points = classes.get(label);
    if (points == null) {
      points = classes.computeIfAbsent(label, ClassPoints::new);
    }
    points.total.inc();
    points.confidence.observe(probability);
  }

  void modelLoaded(ServedModel model, Instant when) {
    var release = model.release();
    loaded.set(1);
    loadedSince.set((double) when.getEpochSecond());
    version.clear();
    version.labelValues(release.name(), release.version()).set(1);
    quality.clear();
    model
        .metrics()
        .forEach(
            (metric, value) ->
                quality.labelValues(release.name(), release.version(), metric).set(value));
  }

  void modelRemembered(boolean isRemembered) {
    remembered.set(isRemembered ? 1 : 0);
  }

  void modelRefused() {
    refused.inc();
  }

  double requestsInFlight() {
    return inFlight.get();
  }

  byte[] scrape() {
    var bytes = new ByteArrayOutputStream(16 << 10);
    try {
      PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The counters of one class, looked up once.
  private final class ClassPoints {
    private final CounterDataPoint total;
    private final DistributionDataPoint confidence;

    ClassPoints(String label) {
      total = predictions.labelValues(label);
      confidence = ServingMetrics.this.confidence.labelValues(label);
    }
  }

  /// The counters of one route, looked up once for each method and status.
  private final class RoutePoints {
    private final ConcurrentHashMap<String, MethodPoints> byMethod = new ConcurrentHashMap<>();

    void count(Exchange exchange, int status, double seconds) {
      var points = byMethod.get(exchange.method());
      if (points == null) {
        points =
            byMethod.computeIfAbsent(
                exchange.method(), method -> new MethodPoints(method, exchange.route()));
      }
      points.duration.observe(seconds);
      points.status(status).inc();
    }
  }

  private final class MethodPoints {
    private final String method;
    private final String route;
    private final DistributionDataPoint duration;
    private final AtomicReferenceArray<@Nullable CounterDataPoint> byStatus =
        new AtomicReferenceArray<>(600);

    MethodPoints(String method, String route) {
      this.method = method;
      this.route = route;
      duration = durations.labelValues(method, route);
    }

    CounterDataPoint status(int status) {
      var known = byStatus.get(status);
      if (known != null) {
        return known;
      }
      var point = requests.labelValues(method, route, Integer.toString(status));
      byStatus.set(status, point);
      return point;
    }
  }
}
