package io.mlopscore.tracking.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One request on its way, with what is learnt about it. Whatever works for the request finds it in
/// [#CURRENT], on the request's thread only.
public final class Exchange {
  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  /// More are counted, not kept.
  private static final int MOST_SPANS = 64;

  private final String requestId;
  private final String method;
  private final String traceParent;
  private final long startMillis;
  private final long startNanos = System.nanoTime();
  private final List<DatabaseSpan> spans = new ArrayList<>();
  private String route = "other";
  private boolean stream;
  private int databaseCalls;
  private long databaseNanos;
  private int status;
  private long nanos;

  /// A time that the request waited for the database.
  ///
  /// @param kind `read` or `write`
  /// @param start nanoseconds since the request began
  /// @param nanos how long it took
  public record DatabaseSpan(String kind, long start, long nanos) {}

  /// @param method one of the known methods, or `OTHER`
  /// @param traceParent the W3C header of that name, empty if there is none
  /// @param startMillis when it began, milliseconds since the epoch
  public Exchange(String requestId, String method, String traceParent, long startMillis) {
    this.requestId = requestId;
    this.method = method;
    this.traceParent = traceParent;
    this.startMillis = startMillis;
  }

  /// Runs what belongs to this request.
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /// The request that this thread works for, if it does for one.
  static Optional<Exchange> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Names the call of the request that is being answered, such as `runs/log-metric`.
  public static void name(String route) {
    if (CURRENT.isBound()) {
      CURRENT.get().named(route);
    }
  }

  /// Says that the request being answered goes on for as long as its client likes.
  public static void isStream() {
    if (CURRENT.isBound()) {
      CURRENT.get().stream = true;
    }
  }

  /// Does work in the database and takes its time.
  ///
  /// @param kind `read` or `write`
  public static <T> T inDatabase(String kind, Supplier<T> work) {
    if (!CURRENT.isBound()) {
      return work.get();
    }
    var start = System.nanoTime();
    try {
      return work.get();
    } finally {
      CURRENT.get().add(kind, start, System.nanoTime() - start);
    }
  }

  private void add(String kind, long start, long took) {
    databaseCalls++;
    databaseNanos += took;
    if (spans.size() < MOST_SPANS) {
      spans.add(new DatabaseSpan(kind, start - startNanos, took));
    }
  }

  public void named(String name) {
    route = name;
  }

  public void ended(int answer) {
    status = answer;
    nanos = System.nanoTime() - startNanos;
  }

  public String requestId() {
    return requestId;
  }

  public String method() {
    return method;
  }

  public String traceParent() {
    return traceParent;
  }

  public long startMillis() {
    return startMillis;
  }

  /// The name of the call or the pattern of the path, never the path that was sent.
  public String route() {
    return route;
  }

  public boolean stream() {
    return stream;
  }

  public int databaseCalls() {
    return databaseCalls;
  }

  public long databaseNanos() {
    return databaseNanos;
  }

  public List<DatabaseSpan> spans() {
    return List.copyOf(spans);
  }

  public int status() {
    return status;
  }

  public long nanos() {
    return nanos;
  }
}
