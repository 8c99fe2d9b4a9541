package io.mlopscore.tracking.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterOutputStream;
import java.io.OutputStream;

/// HEAD is GET without the body of the answer, which Helidon 4.5 would send.
public final class Head {
  private Head() {}

  /// Before anything is sent.
  public static void leaveOutBody(ServerRequest request, ServerResponse response) {
    if (request.prologue().method().text().equals("HEAD")) {
      response.streamFilter(NoBody::new);
    }
  }

  private static final class NoBody extends FilterOutputStream {
    NoBody(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) {
      // left out
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      // left out
    }
  }
}
