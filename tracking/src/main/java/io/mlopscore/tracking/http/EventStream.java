package io.mlopscore.tracking.http;

import io.mlopscore.tracking.events.Change;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.events.Interest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One client's stream of events.
///
/// Ids are `<log>-<number>`: a client that comes back with the id of another log, because the
/// server was started anew, is told that it missed something rather than given other events.
///
/// @param permitted what the client may hear, nothing if it is let in no more; asked each time,
///     since a stream lasts longer than a permission
record EventStream(
    ChangeLog changes,
    Interest interest,
    Supplier<Optional<Predicate<Change>>> permitted,
    OutputStream out) {
  /// Comes in place of events that are no longer kept.
  static final String MISSED = "missed";

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /// Busy streams write this often at most, each time all that came meanwhile: a client then costs
  /// little however much is logged.
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Writes until the client goes or the log is closed.
  ///
  /// @param resume the id of the last event that the client got, empty for a new client
  void run(String resume) throws IOException, InterruptedException {
    write("retry: 2000\n");
    var read = start(resume);
    write(id(read) + "\n");
    out.flush();
    var part = changes.after(read, HEARTBEAT);
    var allowed = permitted.get();
    while (!part.closed() && allowed.isPresent()) {
      write(part, allowed.get());
      out.flush();
      Thread.sleep(part.changes().isEmpty() ? Duration.ZERO : PAUSE);
      part = changes.after(part.last(), HEARTBEAT);
      allowed = permitted.get();
    }
    if (allowed.isPresent()) {
      write(part, allowed.get());
    }
  }

  private long start(String resume) throws IOException {
    var now = changes.last();
    if (resume.isEmpty()) {
      return now;
    }
    var number = number(resume);
    if (number < 0 || number > now) {
      write("event: " + MISSED + "\ndata: {}\n\n");
      return now;
    }
    return number;
  }

  /// @return -1 if it is no id of this log
  private long number(String id) {
    var prefix = changes.id() + "-";
    try {
      return id.startsWith(prefix) ? Long.parseLong(id.substring(prefix.length())) : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// A part without events is a heartbeat: its id keeps the client's place without an event.
  private void write(ChangeLog.Part part, Predicate<Change> allowed) throws IOException {
    if (part.missed() > 0) {
      write("event: " + MISSED + "\ndata: {\"count\":" + part.missed() + "}\n\n");
    }
    var number = part.first();
    for (var change : part.changes()) {
      if (interest.takes(change) && allowed.test(change)) {
        var event = EventMessage.of(change);
        write(id(number) + "event: " + event.type() + "\ndata: " + event.data() + "\n\n");
      }
      number++;
    }
    write(id(part.last()) + "\n");
  }

  private String id(long number) {
    return "id: " + changes.id() + "-" + number + "\n";
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
