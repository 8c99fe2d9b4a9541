package io.mlopscore.tracking.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads what a receiver answers, in HTTP/1.0 or 1.1, and never more than a little of it
/// (https://www.rfc-editor.org/rfc/rfc9112).
record WebhookAnswerReader(InputStream in, Clock clock) {
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 200;
  private static final int MOST_BODY = 64 << 10;

  WebhookAnswer read() throws IOException {
    var status = status();
    var headers = headers();
    while (status / 100 == 1) { // the real answer follows
      status = status();
      headers = headers();
    }
    return new WebhookAnswer(
        status,
        WebhookRetries.retryAfter(headers.getOrDefault("retry-after", ""), clock),
        new String(body(status, headers), StandardCharsets.UTF_8));
  }

  private int status() throws IOException {
    var line = line();
    if (!line.matches("HTTP/1\\.[01] [1-9]\\d\\d( .*)?")) {
      throw new IOException("the receiver does not answer in HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private Map<String, String> headers() throws IOException {
    var headers = new HashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new IOException("the receiver's answer has headers that cannot be read");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    var length = headers.getOrDefault("content-length", "");
    return in.readNBytes(length.isEmpty() ? MOST_BODY : number(length, 10));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (var size = chunk(); size > 0; size = chunk()) {
      body.writeBytes(in.readNBytes(Math.min(size, MOST_BODY - body.size())));
      if (body.size() == MOST_BODY) {
        break; // the rest is not wanted
      }
      line();
    }
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return number(line().split(";", 2)[0].strip(), 16);
  }

  /// A length; what is longer than a body may be counts as that.
  private static int number(String text, int radix) throws IOException {
    try {
      return Math.clamp(Long.parseLong(text, radix), 0, MOST_BODY);
    } catch (NumberFormatException e) {
      throw new IOException("the receiver's answer has no proper length", e);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == LONGEST_LINE) {
        throw new IOException("the receiver's answer ends early or has a line without end");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
