package io.mlopscore.tracking.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Traces of this server's own work: a span for each request, and below it one for each time that
/// the request waited for the database. They join the trace of a caller that sends `traceparent`.
///
/// Spans are made when the request is answered, from what its [Exchange] has noted, so a request
/// pays nothing for them while it runs. Only a server that has a collector loads this class.
public final class RequestTraces implements Observer, AutoCloseable {
  private static final Duration LAST_WAIT = Duration.ofSeconds(3);
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("mlops.request_id");
  private static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final String database;

  /// @param database such as `sqlite`
  RequestTraces(SpanExporter exporter, String service, String database) {
    var resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(resource))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    tracer = provider.get("io.mlopscore.tracking");
    this.database = database;
  }

  /// Sends traces to a collector, by OTLP over HTTP
  /// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
  ///
  /// @param endpoint the address of the collector, such as `http://localhost:4318`
  /// @param service what this server is called in traces
  /// @param database such as `sqlite`
  public static RequestTraces to(String endpoint, String service, String database) {
    var base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").build();
    return new RequestTraces(exporter, service, database);
  }

  @Override
  public void answered(Exchange exchange) {
    var start = TimeUnit.MILLISECONDS.toNanos(exchange.startMillis());
    var request =
        tracer
            .spanBuilder(exchange.method() + " " + exchange.route())
            .setParent(caller(exchange))
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(start, TimeUnit.NANOSECONDS)
            .setAttribute(METHOD, exchange.method())
            .setAttribute(ROUTE, exchange.route())
            .setAttribute(STATUS, (long) exchange.status())
            .setAttribute(REQUEST_ID, exchange.requestId())
            .startSpan();
    if (exchange.status() >= 500) {
      request.setStatus(StatusCode.ERROR);
    }
    exchange.spans().forEach(span -> database(request, start, span));
    request.end(start + exchange.nanos(), TimeUnit.NANOSECONDS);
  }

  private void database(Span request, long start, Exchange.DatabaseSpan span) {
    tracer
        .spanBuilder(span.kind())
        .setParent(Context.root().with(request))
        .setSpanKind(SpanKind.CLIENT)
        .setStartTimestamp(start + span.start(), TimeUnit.NANOSECONDS)
        .setAttribute(DATABASE, database)
        .startSpan()
        .end(start + span.start() + span.nanos(), TimeUnit.NANOSECONDS);
  }

  private static Context caller(Exchange exchange) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), Map.of("traceparent", exchange.traceParent()), Headers.ALL);
  }

  private enum Headers implements TextMapGetter<Map<String, String>> {
    ALL;

    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return List.copyOf(headers.keySet());
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }

  /// Sends what is left.
  @Override
  public void close() {
    provider.shutdown().join(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
