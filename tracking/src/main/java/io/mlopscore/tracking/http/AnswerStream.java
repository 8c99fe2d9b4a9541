package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The body of an answer while it is written. A short one is sent whole, so that until its end, and
/// in a long one until the first bytes are out, a failure still has its own status.
final class AnswerStream extends OutputStream {
  private static final int KEPT = 64 << 10;
  private static final ObjectWriter JSON = new JsonMapper().writerWithDefaultPrettyPrinter();

  private final ServerResponse response;
  private final byte[] kept = new byte[KEPT];
  private int length;
  private @Nullable OutputStream sending;

  private AnswerStream(ServerResponse response) {
    this.response = response;
  }

  /// Sends it all.
  ///
  /// @throws CloseConnectionException if it breaks off: nothing else can say so to the client
  static void send(ServerResponse response, JsonSerializable message) throws IOException {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    var out = new AnswerStream(response);
    try {
      JSON.writeValue(out, message);
      out.finish();
    } catch (IOException | RuntimeException e) {
      if (out.sending != null) {
        throw new CloseConnectionException("the answer was not sent to its end", e);
      }
      if (e.getCause() instanceof TrackingException refused) {
        throw refused;
      }
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (sending == null && length + count <= KEPT) {
      System.arraycopy(bytes, offset, kept, length, count);
      length += count;
      return;
    }
    sending().write(bytes, offset, count);
  }

  private OutputStream sending() throws IOException {
    if (sending == null) {
      sending = response.outputStream();
      sending.write(kept, 0, length);
    }
    return sending;
  }

  /// The generator flushes at its end only.
  @Override
  public void flush() {}

  /// The generator closes this after a failure too.
  @Override
  public void close() {}

  private void finish() throws IOException {
    if (sending == null) {
      response.send(Arrays.copyOf(kept, length));
    } else {
      sending.close();
    }
  }
}
