import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Sends HTTP requests at a constant rate, whatever the server does, and prints the latencies as one
/// line of JSON (milliseconds).
///
/// Request `n` is due at `start + n / rate` and leaves on the first idle connection. When none is
/// idle it waits, and the wait counts: a latency runs from the moment its request was due to the last
/// byte of the answer. A closed loop, which sends the next request when the last one is answered,
/// sends less while the server stalls and so hides the stall; `../check-open-loop` shows that this
/// program does not. One thread and non-blocking sockets: it shares the machine with the server.
///
///     java OpenLoop.java url=http://127.0.0.1:8000/predict rate=1000 seconds=10 warmup=3 \
///       connections=32 bodies=bodies.jsonl 'header=X-API-Key: ...'
///
/// See `Settings` for what each argument means.
final class OpenLoop {
  private static final long GIVE_UP_AFTER = 60_000_000_000L;
  private static final long LONGEST_NAP = 50_000L;

  private final Settings settings;
  private final byte[][] requests;
  private final long[] latencies;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
  private long start;
  private long lastAnswer;
  private int sent;
  private int answered;

  private OpenLoop(Settings settings) {
    this.settings = settings;
    this.requests = settings.requests();
    this.latencies = new long[settings.total()];
  }

  static void main(String[] arguments) throws IOException {
    IO.println(new OpenLoop(Settings.of(arguments)).run());
  }

  private String run() throws IOException {
    try (var selector = Selector.open()) {
      for (var i = 0; i < settings.connections(); i++) {
        idle.add(new Connection(settings.address(), selector));
      }
      start = System.nanoTime();
      while (answered < latencies.length) {
        sendWhatIsDue();
        if (selector.selectNow(this::read) == 0) {
          rest();
        }
      }
    }
    return report();
  }

  private long due(int request) {
    return start + Math.round(request * 1e9 / settings.rate());
  }

  private void sendWhatIsDue() throws IOException {
    while (sent < latencies.length && !idle.isEmpty() && due(sent) <= System.nanoTime()) {
      idle.remove().send(sent, requests[sent % requests.length]);
      sent++;
    }
  }

  private void read(SelectionKey key) {
    var connection = (Connection) key.attachment();
    connection
        .status()
        .ifPresent(
            status -> {
              lastAnswer = System.nanoTime();
              latencies[connection.request()] = lastAnswer - due(connection.request());
              statuses.merge(status, 1, Integer::sum);
              answered++;
              idle.add(connection);
            });
  }

  private void rest() throws IOException {
    var now = System.nanoTime();
    if (now - due(latencies.length) > GIVE_UP_AFTER) {
      throw new IOException(answered + " of " + latencies.length + " requests answered in time");
    }
    var next = sent < latencies.length && !idle.isEmpty() ? due(sent) - now : LONGEST_NAP;
    LockSupport.parkNanos(Math.clamp(next, 0, LONGEST_NAP));
  }

  private String report() {
    var counted = Arrays.copyOfRange(latencies, settings.uncounted(), latencies.length);
    Arrays.sort(counted);
    var byStatus =
        statuses.entrySet().stream()
            .map(each -> "\"%d\": %d".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        """
        {"offered_rate": %.1f, "answered_rate": %.1f, "counted": %d, "statuses": {%s}, \
        "p50": %.3f, "p90": %.3f, "p99": %.3f, "p999": %.3f, "max": %.3f}""",
        settings.rate(),
        latencies.length * 1e9 / (lastAnswer - start),
        counted.length,
        byStatus,
        percentile(counted, 0.5),
        percentile(counted, 0.9),
        percentile(counted, 0.99),
        percentile(counted, 0.999),
        percentile(counted, 1));
  }

  /// In milliseconds, by nearest rank.
  private static double percentile(long[] sorted, double share) {
    var rank = Math.max((int) Math.ceil(share * sorted.length), 1);
    return sorted[rank - 1] / 1e6;
  }
}
