package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.TrackingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/// Something to be written, and who waits until it is durable.
sealed interface Write {
  /// About how much memory it holds while it waits.
  int rows();

  /// Tells who waits, once the transaction is over.
  void end(@Nullable RuntimeException failure);

  /// Any statements.
  final class Statements<T> implements Write {
    private final HandleCallback<T, RuntimeException> work;
    private final CompletableFuture<T> durable = new CompletableFuture<>();
    private @Nullable T result;

    Statements(HandleCallback<T, RuntimeException> work) {
      this.work = work;
    }

    @Override
    public int rows() {
      return 1;
    }

    void run(Handle handle) {
      result = work.withHandle(handle);
    }

    @Override
    @SuppressWarnings("NullAway") // what the work gave, which may be null
    public void end(@Nullable RuntimeException failure) {
      complete(durable, result, failure);
    }

    T await() {
      return joined(durable);
    }
  }

  /// A batch of a run; those that wait are written together.
  record Log(RunEntry entry, CompletableFuture<String> durable) implements Write {
    Log(RunEntry entry) {
      this(entry, new CompletableFuture<>());
    }

    @Override
    public int rows() {
      return 1 + entry.rows();
    }

    @Override
    public void end(@Nullable RuntimeException failure) {
      complete(durable, entry.run(), failure);
    }

    void await() {
      joined(durable);
    }
  }

  private static <T> void complete(
      CompletableFuture<T> durable, T result, @Nullable RuntimeException failure) {
    if (failure == null) {
      durable.complete(result);
    } else {
      durable.completeExceptionally(failure);
    }
  }

  /// The failure is thrown with the stack of the caller on top, and one of its own for each.
  private static <T> T joined(CompletableFuture<T> durable) {
    try {
      return durable.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TrackingException refused) {
        throw new TrackingException(refused.code(), Rows.orEmpty(refused.getMessage()), refused);
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
