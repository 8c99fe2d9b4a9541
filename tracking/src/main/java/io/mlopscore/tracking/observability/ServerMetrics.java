package io.mlopscore.tracking.observability;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.SummaryWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What Prometheus may know of a tracking server. `docs/reference/metrics.md` lists the names.
public final class ServerMetrics implements Observer {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Counter requests =
      Counter.builder()
          .name("http_requests_total")
          .help("Requests by call, method and status.")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram durations =
      Histogram.builder()
          .name("http_request_duration_seconds")
          .help("Time from the parsed head of a request to its answer, by call; without streams.")
          .classicUpperBounds(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
          .labelNames("method", "route")
          .register(registry);
  private final Counter database =
      Counter.builder()
          .name("http_request_database_seconds_total")
          .help("Time that requests waited for the database, by call.")
          .labelNames("route")
          .register(registry);
  private final Gauge inFlight =
      Gauge.builder()
          .name("http_requests_in_flight")
          .help("Requests being answered now, streams of events among them.")
          .register(registry);

  private static final DatabaseNumbers NOTHING = new DatabaseNumbers(0, 0, 0, 0, 0, 0, 0, -1);
  private Supplier<DatabaseNumbers> numbers = () -> NOTHING;
  private volatile DatabaseNumbers latest = NOTHING;

  @Override
  public void begun() {
    inFlight.inc();
  }

  @Override
  public void answered(Exchange exchange) {
    inFlight.dec();
    var status = Integer.toString(exchange.status());
    requests.labelValues(exchange.method(), exchange.route(), status).inc();
    if (!exchange.stream()) {
      durations
          .labelValues(exchange.method(), exchange.route())
          .observe(Unit.nanosToSeconds(exchange.nanos()));
    }
    if (exchange.databaseCalls() > 0) {
      database.labelValues(exchange.route()).inc(Unit.nanosToSeconds(exchange.databaseNanos()));
    }
  }

  /// Adds memory, threads and garbage collection of the process.
  public void watchProcess() {
    ProcessNumbers.watch(registry);
  }

  /// Adds messages to webhooks that were not delivered.
  public void watchWebhooks(LongSupplier failed) {
    CounterWithCallback.builder()
        .name("webhook_messages_failed_total")
        .help("Messages to webhooks that were not delivered.")
        .callback(callback -> callback.call((double) failed.getAsLong()))
        .register(registry);
  }

  /// Adds what the database tells of itself, asked once for each exposition.
  public void watch(Supplier<DatabaseNumbers> source) {
    numbers = source;
    SummaryWithCallback.builder()
        .name("store_commit_seconds")
        .help("Time of the transactions that committed writes.")
        .callback(
            callback -> {
              var sum = Unit.nanosToSeconds(latest.commitNanos());
              callback.call(latest.commits(), sum, Quantiles.EMPTY);
            })
        .register(registry);
    SummaryWithCallback.builder()
        .name("store_commit_writes")
        .help("How many writes shared a transaction.")
        .callback(
            callback ->
                callback.call(latest.commits(), (double) latest.commitWrites(), Quantiles.EMPTY))
        .register(registry);
    gauge(
        "store_writes_waiting",
        "Writes that wait for a transaction now.",
        DatabaseNumbers::waiting);
    gauge("store_connections", "Open connections.", DatabaseNumbers::connections);
    gauge("store_connections_busy", "Connections in use.", DatabaseNumbers::busyConnections);
    gauge(
        "store_connections_awaited",
        "Threads that wait for a connection.",
        DatabaseNumbers::waitingForConnection);
    gauge("store_size_bytes", "Size of the database.", DatabaseNumbers::bytes);
  }

  private void gauge(String name, String help, ToLongFunction<DatabaseNumbers> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.applyAsLong(latest)))
        .register(registry);
  }

  /// The metrics in the format that is asked for.
  ///
  /// @param accept the header; the text format if it asks for nothing else
  public byte[] scrape(String accept) {
    latest = numbers.get();
    var bytes = new ByteArrayOutputStream(32 << 10);
    try {
      formats.findWriter(accept).write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public String contentType(String accept) {
    return formats.findWriter(accept).getContentType();
  }
}
