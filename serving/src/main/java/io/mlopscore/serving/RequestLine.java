package io.mlopscore.serving;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.mlopscore.tracking.observability.TraceName;
import java.nio.charset.StandardCharsets;

/// The log line of a request, with the field names of Google's Cloud Logging. Written by hand
/// because every request pays for it; what comes from outside is checked before ([RequestId]) or
/// chosen by us.
final class RequestLine {
  private RequestLine() {}

  /// @param trace the name of the trace it belongs to; empty if none
  static byte[] of(
      Exchange exchange,
      ServingLog.Level level,
      int status,
      long nanos,
      String time,
      String trace) {
    var line = new StringBuilder(320);
    line.append("{\"time\":\"").append(time);
    line.append("\",\"severity\":\"").append(level);
    line.append("\",\"event\":\"request\",\"request_id\":\"").append(exchange.requestId());
    line.append("\",\"route\":\"").append(exchange.route());
    line.append("\",\"httpRequest\":{\"requestMethod\":\"").append(exchange.method());
    line.append("\",\"requestUrl\":\"").append(exchange.route());
    line.append("\",\"status\":").append(status);
    line.append(",\"latency\":\"");
    appendSeconds(line, nanos);
    line.append("s\"}");
    append(line, "key_id", exchange.keyId());
    append(line, "model_version", exchange.modelVersion());
    append(line, "error", exchange.error());
    append(line, TraceName.FIELD, trace);
    return line.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// To the microsecond.
  private static void appendSeconds(StringBuilder line, long nanos) {
    long micros = nanos / 1_000;
    line.append(micros / 1_000_000).append('.');
    long rest = micros % 1_000_000;
    for (long place = 100_000; place > rest && place > 1; place /= 10) {
      line.append('0');
    }
    line.append(rest);
  }

  private static void append(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(",\"").append(name).append("\":\"").append(escaped(value)).append('"');
    }
  }

  private static String escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
      }
    }
    return value;
  }
}
