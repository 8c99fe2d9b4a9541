package io.mlopscore.tracking.observability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// JSON lines at the end of a stream. Any number of threads may write.
///
/// One that cannot be written, as when the disk is full or nobody reads any more, is dropped: what
/// it tells of has happened and counts. The first of them is told to the server's own log.
public final class LogLines {
  private static final System.Logger LOG = System.getLogger(LogLines.class.getName());

  private final OutputStream target;
  private final AtomicBoolean dropping = new AtomicBoolean();

  public LogLines(OutputStream target) {
    this.target = target;
  }

  void write(ObjectNode line) {
    try {
      synchronized (target) {
        target.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        target.flush();
      }
      dropping.set(false);
    } catch (IOException e) {
      if (dropping.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, "log lines cannot be written and are dropped: {0}", e.getMessage());
      }
    }
  }
}
