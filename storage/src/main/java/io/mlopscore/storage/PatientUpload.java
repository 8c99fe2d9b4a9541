package io.mlopscore.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends one file of any size: that bytes move is what counts, not how long all of them take.
final class PatientUpload {
  private final HttpClient client;
  private final Duration patience;
  private volatile long moved = System.nanoTime();

  /// @param patience how long no byte may move
  PatientUpload(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  HttpResponse<InputStream> send(HttpRequest.Builder request, String method, Path source)
      throws IOException {
    var sent = request.method(method, body(source)).build();
    var answer = client.sendAsync(sent, BodyHandlers.ofInputStream());
    while (true) {
      try {
        return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - moved >= patience.toNanos()) {
          answer.cancel(true);
          throw (IOException)
              new HttpTimeoutException(
                      "%s took no bytes for %d ms"
                          .formatted(sent.uri().getHost(), patience.toMillis()))
                  .initCause(e);
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ConnectException cause) {
          throw Unreachable.named(sent.uri(), cause);
        }
        throw new IOException(String.valueOf(e.getCause()), e);
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while sending to " + sent.uri(), e);
      }
    }
  }

  private BodyPublisher body(Path source) throws IOException {
    long size = Files.size(source);
    return size == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> opened(source)), size);
  }

  private InputStream opened(Path source) {
    try {
      return new FilterInputStream(Files.newInputStream(source)) {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          moved = System.nanoTime();
          return super.read(into, offset, length);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
