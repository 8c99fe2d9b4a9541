package io.mlopscore.tracking.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a caller sends. A body that breaks off, or whose chunks are none
/// (https://www.rfc-editor.org/rfc/rfc9112#section-7.1), is the caller's mistake; Helidon throws
/// whatever came of it.
final class ReceivedBody extends FilterInputStream {
  private ReceivedBody(InputStream in) {
    super(in);
  }

  static InputStream of(ServerRequest request) {
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
        "The body of the request breaks off, or its chunks are malformed.",
        e);
  }
}
