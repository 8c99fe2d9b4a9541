package io.mlopscore.tracking.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who wrote what, when and from where: one line of JSON for each write, in a file that only grows.
///
/// A file that was moved away, as logrotate does, is made anew. While lines cannot be written, no
/// write is accepted; the first that finds the file writable again says that there was a gap.
public final class AuditLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final @Nullable Path file;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable OutputStream out;
  private @Nullable Object key;
  private boolean failed;

  private AuditLog(@Nullable Path file, @Nullable OutputStream out, Clock clock) {
    this.file = file;
    this.out = out;
    this.clock = clock;
  }

  /// Tells an open stream, such as the standard output that a container's engine collects. It stays
  /// open.
  public static AuditLog to(OutputStream stream, Clock clock) {
    return new AuditLog(null, stream, clock);
  }

  /// Opens or creates the file, which only its owner may read.
  ///
  /// @throws IOException if it cannot be written
  public static AuditLog open(Path file, Clock clock) throws IOException {
    var log = new AuditLog(file.toAbsolutePath(), null, clock);
    log.reopen();
    return log;
  }

  /// @throws TrackingException if lines cannot be written now, so that nothing may be changed
  public synchronized void check() {
    if (!failed) {
      return;
    }
    try {
      reopen();
      append(Map.of("call", "audit-log", "status", "resumed after a gap"));
      failed = false;
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.TEMPORARILY_UNAVAILABLE,
          "The audit log cannot be written, so nothing may be changed; reading works. The server's"
              + " log says why.",
          e);
    }
  }

  /// Writes a line with the time before what is told; a failure is kept for [#check()].
  public synchronized void write(Map<String, Object> told) {
    try {
      append(told);
    } catch (IOException e) {
      failed = true;
      LOG.log(
          Level.ERROR, "the audit log " + (file == null ? "" : file) + " lacks a line: " + told, e);
    }
  }

  private void append(Map<String, Object> told) throws IOException {
    if (file != null && (out == null || !isCurrent(file))) {
      reopen();
    }
    var line = new LinkedHashMap<String, Object>();
    line.put("time", clock.instant().toString());
    line.putAll(told);
    var bytes = (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    if (out != null) {
      out.write(bytes);
      out.flush();
    }
  }

  private boolean isCurrent(Path file) {
    try {
      return key != null && key.equals(key(file));
    } catch (IOException _) {
      return false; // moved away
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private void reopen() throws IOException {
    if (file == null) {
      return;
    }
    close();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      create(file);
    }
    out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    key = key(file);
  }

  private static void create(Path file) throws IOException {
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null && out != null) {
        out.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing the audit log failed", e);
    } finally {
      out = null;
    }
  }
}
