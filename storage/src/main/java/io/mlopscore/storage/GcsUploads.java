package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.Semaphore;

/// Puts objects into a bucket; a large one goes in pieces through a resumable session, so that a
/// broken connection costs one piece
/// (https://cloud.google.com/storage/docs/performing-resumable-uploads).
final class GcsUploads {
  /// Bytes of a piece, a multiple of 256 KiB as Cloud Storage wants it.
  private static final int PIECE = 8 << 20;

  /// Pieces in memory over all uploads: what bounds the heap.
  private static final int MOST_AT_ONCE = 8;

  private static final int RESUME = 308;

  private final GcsHttp http;
  private final String path;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  GcsUploads(GcsHttp http, String bucket) {
    this.http = http;
    this.path = "/upload/storage/v1/b/" + bucket + "/o?name=";
  }

  void put(String key, InputStream content, long size) throws IOException {
    take();
    try {
      var first = content.readNBytes(PIECE);
      if (first.length < PIECE) {
        ObjectStore.requireWhole(first.length, size);
        whole(key, first);
      } else {
        inPieces(key, content, first, size);
      }
    } finally {
      places.release();
    }
  }

  private void take() throws IOException {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting to send", e);
    }
  }

  private void whole(String key, byte[] content) throws IOException {
    http.require(key, post(key, "media").POST(BodyPublishers.ofByteArray(content)).build()).close();
  }

  private HttpRequest.Builder post(String key, String type) throws IOException {
    return http.request(path + Percent.encode(key) + "&uploadType=" + type)
        .header("Content-Type", "application/octet-stream");
  }

  private void inPieces(String key, InputStream content, byte[] first, long size)
      throws IOException {
    var session = begin(key);
    try {
      var from = 0L;
      var piece = first;
      while (piece.length == PIECE) {
        piece(key, session, piece, from, "*");
        from += piece.length;
        piece = content.readNBytes(PIECE);
      }
      ObjectStore.requireWhole(from + piece.length, size);
      piece(key, session, piece, from, String.valueOf(from + piece.length));
    } catch (IOException | RuntimeException | Error e) {
      abort(session, e);
      throw e;
    }
  }

  private URI begin(String key) throws IOException {
    var answer = http.send(post(key, "resumable").POST(BodyPublishers.noBody()).build());
    if (answer.statusCode() >= 300) {
      throw GcsHttp.failure(key, answer);
    }
    answer.body().close();
    return URI.create(
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException(key + ": Cloud Storage opened no session")));
  }

  /// Sends a piece, and again what the session did not keep of it.
  ///
  /// @param total the size of the object where this is its last piece, `*` where more comes
  private void piece(String key, URI session, byte[] bytes, long from, String total)
      throws IOException {
    var isLast = !total.equals("*");
    for (var kept = 0; ; ) {
      var answer = http.send(piece(session, bytes, kept, from, total));
      try (var _ = answer.body()) {
        if (answer.statusCode() < 300) {
          return;
        }
        if (answer.statusCode() != RESUME) {
          throw GcsHttp.failure(key, answer);
        }
      }
      var now = (int) (keptBytes(answer) - from);
      if (!isLast && now == bytes.length) {
        return;
      }
      if (now < 0 || now > bytes.length || (now <= kept && kept > 0)) {
        throw new IOException(key + ": Cloud Storage lost a part of the upload; send it again");
      }
      kept = now;
    }
  }

  private HttpRequest piece(URI session, byte[] bytes, int kept, long from, String total)
      throws IOException {
    var length = bytes.length - kept;
    var range =
        length == 0
            ? "bytes */" + total
            : "bytes " + (from + kept) + "-" + (from + bytes.length - 1) + "/" + total;
    return http.to(session)
        .header("Content-Range", range)
        .PUT(BodyPublishers.ofByteArray(bytes, kept, length))
        .build();
  }

  private static long keptBytes(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Range")
        .map(range -> Long.parseLong(range.substring(range.lastIndexOf('-') + 1)) + 1)
        .orElse(0L);
  }

  private void abort(URI session, Throwable failure) {
    try {
      http.send(http.to(session).DELETE().build()).body().close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
