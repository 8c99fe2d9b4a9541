package io.mlopscore.tracking.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// What a caller sends. A body that breaks off, or whose chunks are none
/// (https://www.rfc-editor.org/rfc/rfc9112#section-7.1), is the caller's mistake; Helidon throws
/// whatever came of it.
final class ReceivedBody extends FilterInputStream {
  private static final int FIRST = 64 << 10;

  private ReceivedBody(InputStream in) {
    super(in);
  }

  /// Takes memory for what came, rather than for what the caller says will come.
  byte[] readWhole(int most, MemoryBudget.Share memory) throws IOException {
    var body = readNBytes(FIRST);
    for (var full = FIRST; body.length == full && full <= most; full *= 2) {
      memory.more(full);
      var rest = readNBytes(Math.min(full, most + 1 - full));
      var longer = Arrays.copyOf(body, full + rest.length);
      System.arraycopy(rest, 0, longer, full, rest.length);
      body = longer;
    }
    if (body.length > most) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The request is larger than " + most + " bytes; send it in parts.");
    }
    return body;
  }

  static ReceivedBody of(ServerRequest request) {
    return new ReceivedBody(request.content().inputStream());
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  private static TrackingException broken(RuntimeException e) {
    return new TrackingException(
        ErrorCode.BAD_REQUEST,
        "The body of the request breaks off, or its chunks are malformed or larger than 16 MiB.",
        e);
  }
}
