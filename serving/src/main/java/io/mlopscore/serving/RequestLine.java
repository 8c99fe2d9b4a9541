package io.mlopscore.serving;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/// The log line of a request. Written by hand because every request pays for it; what comes from
/// outside is checked before ([RequestId]) or chosen by us.
final class RequestLine {
  private RequestLine() {}

  static byte[] of(Exchange exchange, ServingLog.Level level, int status, long nanos, String time) {
    var line = new StringBuilder(320);
    line.append("{\"ts\":\"").append(time);
    line.append("\",\"level\":\"").append(level);
    line.append("\",\"event\":\"request\",\"request_id\":\"").append(exchange.requestId());
    line.append("\",\"method\":\"").append(exchange.method());
    line.append("\",\"route\":\"").append(exchange.route());
    line.append("\",\"status\":").append(status);
    line.append(",\"ms\":");
    long micros = nanos / 1_000;
    line.append(micros / 1_000).append('.');
    long rest = micros % 1_000;
    line.append(rest < 10 ? "00" : rest < 100 ? "0" : "").append(rest);
    append(line, "key_id", exchange.keyId());
    append(line, "model_version", exchange.modelVersion());
    append(line, "error", exchange.error());
    return line.append('}').toString().getBytes(StandardCharsets.UTF_8);
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
