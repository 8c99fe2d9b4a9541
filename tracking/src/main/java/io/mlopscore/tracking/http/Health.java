package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Whether everything that a server needs answers, and soon: whoever asks waits a few seconds at
/// most, and longer for no request.
///
/// @param checks each asks for one small thing
record Health(List<Runnable> checks, Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  static Health of(Runnable... checks) {
    return new Health(List.of(checks), PATIENCE);
  }

  /// @throws TrackingException TEMPORARILY_UNAVAILABLE if one fails, or takes too long
  void check() {
    var running =
        checks.stream()
            .map(check -> CompletableFuture.runAsync(check, Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(running).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new TrackingException(ErrorCode.TEMPORARILY_UNAVAILABLE, why(e), e);
    }
  }

  private String why(CompletionException failure) {
    var cause = failure.getCause();
    return cause instanceof TimeoutException
        ? "A database does not answer within " + patience.toSeconds() + " seconds."
        : String.valueOf(cause == null ? failure : cause.getMessage());
  }
}
