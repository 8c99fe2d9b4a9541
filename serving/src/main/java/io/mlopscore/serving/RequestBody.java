package io.mlopscore.serving;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Reads request bodies with a bound on memory.
final class RequestBody {
  static final long MAX_DISCARDED = 16 << 20;

  private RequestBody() {}

  /// Whether the head of a request already says that its body is too large.
  static boolean isTooLarge(ServerRequest request, int max) {
    var headers = request.headers();
    return headers.contains(HeaderNames.CONTENT_LENGTH) && headers.contentLength().orElse(0) > max;
  }

  /// The whole body; empty if it is longer than allowed.
  ///
  /// @throws BadRequestException if it is not what HTTP prescribes
  static Optional<byte[]> read(ServerRequest request, int max) throws IOException {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    var in = request.content().inputStream();
    try {
      var length = request.headers().contentLength();
      var bytes = in.readNBytes(length.isPresent() ? (int) length.getAsLong() : max + 1);
      if (bytes.length > max) {
        return Optional.empty();
      }
      in.close();
      return Optional.of(bytes);
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // The server's many ways to say that a chunk is not one. It is not closed: that would wait
      // for
      // the rest of what cannot be read.
      throw new BadRequestException("The body could not be read", e);
    }
  }

  /// Takes in what the caller is still sending before the connection ends, so that it gets to read
  /// the answer instead of a broken pipe. Keeps nothing, and not for ever.
  static void discard(ServerRequest request) {
    if (!request.content().hasEntity()
        || request.content().consumed()
        || request.headers().containsToken(HeaderValues.EXPECT_100)) {
      return;
    }
    try (var in = request.content().inputStream()) {
      var buffer = new byte[16 << 10];
      long sum = 0;
      int count = 0;
      while (count >= 0 && sum < MAX_DISCARDED) {
        sum += count;
        count = in.read(buffer);
      }
    } catch (IOException | RuntimeException _) {
      // The connection is closed right after this anyway.
      return;
    }
  }
}
