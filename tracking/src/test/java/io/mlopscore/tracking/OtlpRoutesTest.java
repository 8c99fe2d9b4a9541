package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.traces.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spans arrive as MLflow's clients and other exporters send them; traces as clients of MLflow 2
// do.
@NullUnmarked
class OtlpRoutesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String HERE = "x-mlflow-experiment-id";

  @TempDir Path folder;
  private Tracking tracking;
  private WebServer server;

  @BeforeEach
  void serve() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    server = FreePort.serve(HttpRouting.builder().register(new TrackingRoutes(tracking)));
  }

  @AfterEach
  void close() {
    server.stop();
    tracking.close();
  }

  @Test
  void spansOfProtocolBuffersAreKept() throws Exception {
    var answer = export(PROTOBUF, request().toByteArray(), HERE, "0");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
    assertThat(answer.body()).isEmpty();
    assertKept();
  }

  private void assertKept() {
    var span = tracking.traces().trace("tr-" + TRACE, false).spans().getFirst();
    assertThat(span.name()).isEqualTo("work");
    assertThat(span.status()).isEqualTo(Span.Status.ERROR);
    assertThat(span.statusMessage()).isEqualTo("boom");
    assertThat(span.attributes())
        .containsEntry(Span.REQUEST_ID, "\"tr-" + TRACE + "\"")
        .containsEntry("list", "[1, 1.5e-05, true, \"ü\"]");
    assertThat(tracking.traces().traceInfo("tr-" + TRACE).tags())
        .containsEntry("service.name", "shop");
  }

  @Test
  void spansAreAFileTooAndWhatWasAttachedToThem() throws Exception {
    export(PROTOBUF, request().toByteArray(), HERE, "0");
    var file = "/ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-";
    var spans = call("GET", file + TRACE, "");
    assertThat(spans.statusCode()).isEqualTo(200);
    assertThat(spans.body()).startsWith("{\"spans\":[{").contains("\"name\": \"work\"");
    assertThat(spans.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(value -> assertThat(value).contains("attachment", "traces.json"));
    assertThat(call("GET", file + "none", "").statusCode()).isEqualTo(404);
    assertThat(call("GET", file.replace("?request_id=tr-", ""), "").statusCode()).isEqualTo(400);
    assertThat(call("GET", file + TRACE + "&path=../secret", "").statusCode()).isEqualTo(400);
    var attachment = "0b5e8a4e-1111-2222-3333-444455556666";
    assertThat(call("GET", file + TRACE + "&path=" + attachment, "").statusCode()).isEqualTo(404);
    var stored = "/api/2.0/mlflow-artifacts/artifacts/0/traces/tr-" + TRACE + "/artifacts/";
    call("PUT", stored + "attachments/" + attachment, "seen");
    assertThat(call("GET", file + TRACE + "&path=" + attachment, "").body()).isEqualTo("seen");
  }

  @Test
  void spansMayBeCompressed() throws Exception {
    var plain = request().toByteArray();
    for (var encoding : Map.of("gzip", gzip(plain), "deflate", deflate(plain, false)).entrySet()) {
      var answer =
          export(PROTOBUF, encoding.getValue(), HERE, "0", "Content-Encoding", encoding.getKey());
      assertThat(answer.statusCode()).as(encoding.getKey()).isEqualTo(200);
    }
    assertThat(
            export(PROTOBUF, deflate(plain, true), HERE, "0", "Content-Encoding", "deflate")
                .statusCode())
        .isEqualTo(200);
    assertKept();
  }

  @Test
  void spansOfJsonAreKept() throws Exception {
    var json =
        """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeSpans": [{"spans": [{
            "traceId": "0AF7651916CD43DD8448EB211C80319C", "spanId": "b7ad6b7169203331",
            "name": "work", "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": 1700000000500000000,
            "attributes": [{"key": "list", "value": {"arrayValue": {"values": [
              {"intValue": "1"}, {"doubleValue": 0.000015}, {"boolValue": true}, {"stringValue": "ü"}]}}}],
            "status": {"code": 2, "message": "boom"}}]}]}]}
        """;
    var body = json.getBytes(StandardCharsets.UTF_8);
    assertThat(export("application/json", body, HERE, "0").statusCode()).isEqualTo(200);
    assertKept();
  }

  @Test
  void traceBelongsToTheRunThatTheHeaderNames() throws Exception {
    var run = tracking.store().createRun(new NewRun("0", "r", "ada", 1, Map.of())).info().runId();
    export(PROTOBUF, request().toByteArray(), HERE, "0", "x-mlflow-run-id", run);
    var body =
        "{\"locations\": [{\"mlflow_experiment\": {\"experiment_id\": \"0\"}}],"
            + " \"filter\": \"run_id = '%s'\"}".formatted(run);
    assertThat(call("POST", "/api/3.0/mlflow/traces/search", body).body()).contains("tr-" + TRACE);
  }

  @Test
  void whatIsNoSpansIsRefusedWithASentence() throws Exception {
    assertRefused(export(PROTOBUF, request().toByteArray()), 422, "x-mlflow-experiment-id");
    assertRefused(export("text/plain", new byte[1], HERE, "0"), 400, "Invalid Content-Type");
    assertRefused(export(PROTOBUF, new byte[0], HERE, "0"), 400, "no spans found");
    assertRefused(export(PROTOBUF, new byte[] {9, 9}, HERE, "0"), 400, "Invalid OpenTelemetry");
    assertRefused(
        export("application/json", new byte[] {'x'}, HERE, "0"), 400, "Invalid OpenTelemetry");
    assertRefused(
        export(PROTOBUF, new byte[] {1}, HERE, "0", "Content-Encoding", "gzip"),
        400,
        "Failed to decompress gzip payload");
    assertRefused(
        export(PROTOBUF, withoutIds().toByteArray(), HERE, "0"),
        422,
        "Cannot convert OpenTelemetry span");
    assertRefused(
        export(PROTOBUF, request().toByteArray(), HERE, "77"), 404, "No Experiment with id=77");
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void clientsOfMlflow2BeginAndEndTraces() throws Exception {
    var begun =
        call(
            "POST",
            "/api/2.0/mlflow/traces",
            "{\"experiment_id\": \"0\", \"timestamp_ms\": 1000,"
                + " \"request_metadata\": [{\"key\": \"a\", \"value\": \"1\"}],"
                + " \"tags\": [{\"key\": \"mlflow.traceName\", \"value\": \"old\"}]}");
    assertThat(begun.body()).contains("\"IN_PROGRESS\"").contains("mlflow.artifactLocation");
    var id = begun.body().replaceFirst("(?s).*\"request_id\" : \"(\\w+)\".*", "$1");
    var ended =
        call(
            "PATCH",
            "/api/2.0/mlflow/traces/" + id,
            "{\"request_id\": \"" + id + "\", \"timestamp_ms\": 1500, \"status\": \"OK\"}");
    assertThat(ended.body()).contains("\"execution_time_ms\" : 500").contains("\"OK\"");
    assertThat(call("GET", "/api/2.0/mlflow/traces/" + id + "/info", "").body())
        .contains("\"old\"");
    assertThat(
            call("GET", "/api/2.0/mlflow/traces?experiment_ids=0&max_results=5&filter=", "").body())
        .contains(id);
  }

  @Test
  void tagsThatSayWhereSpansAreCannotBeSet() throws Exception {
    export(PROTOBUF, request().toByteArray(), HERE, "0");
    var answer =
        call(
            "PATCH",
            "/api/3.0/mlflow/traces/tr-" + TRACE + "/tags",
            "{\"key\": \"mlflow.trace.spansLocation\", \"value\": \"x\"}");
    assertRefused(answer, 400, "is immutable and cannot be set on a trace.");
  }

  private static ExportTraceServiceRequest request() {
    return request(bytes(TRACE), bytes("b7ad6b7169203331"));
  }

  private static ExportTraceServiceRequest withoutIds() {
    return request(ByteString.EMPTY, ByteString.EMPTY);
  }

  private static ExportTraceServiceRequest request(ByteString trace, ByteString id) {
    var list =
        ArrayValue.newBuilder()
            .addAllValues(
                List.of(
                    AnyValue.newBuilder().setIntValue(1).build(),
                    AnyValue.newBuilder().setDoubleValue(1.5E-5).build(),
                    AnyValue.newBuilder().setBoolValue(true).build(),
                    text("ü")));
    var span =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(trace)
            .setSpanId(id)
            .setName("work")
            .setStartTimeUnixNano(1_700_000_000_000_000_000L)
            .setEndTimeUnixNano(1_700_000_000_500_000_000L)
            .addAttributes(pair(Span.REQUEST_ID, text("tr-of-someone-else")))
            .addAttributes(pair("list", AnyValue.newBuilder().setArrayValue(list).build()))
            .setStatus(
                Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("boom"));
    var resource = Resource.newBuilder().addAttributes(pair("service.name", text("shop")));
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  private static byte[] gzip(byte[] plain) throws Exception {
    var out = new ByteArrayOutputStream();
    return written(new GZIPOutputStream(out), plain, out);
  }

  private static byte[] deflate(byte[] plain, boolean raw) throws Exception {
    var out = new ByteArrayOutputStream();
    return written(
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, raw)), plain, out);
  }

  private static byte[] written(OutputStream into, byte[] plain, ByteArrayOutputStream out)
      throws Exception {
    try (into) {
      into.write(plain);
    }
    return out.toByteArray();
  }

  private HttpResponse<String> export(String type, byte[] body, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(uri("/v1/traces")).header("Content-Type", type);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
