package io.mlopscore.app;

import io.mlopscore.tracking.auth.AuditLog;
import io.mlopscore.tracking.sql.Dialect;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the audit log what a command changes in a database that it opens itself; a server tells of
/// its calls. `MLOPS_AUDIT_LOG` names the log; by `-` it is the standard error here, since the
/// output is the answer.
record CommandAudit(@Nullable Path file) {
  /// What changes something.
  interface Change<T> {
    T make() throws IOException;
  }

  static CommandAudit ofEnvironment() {
    return beside(null);
  }

  /// @param users the database that the log is beside if nothing is said
  static CommandAudit beside(@Nullable Dialect users) {
    return new CommandAudit(AuthSettings.auditLog(Path.of(""), Map.of(), System.getenv(), users));
  }

  /// Changes nothing if the log cannot be opened.
  ///
  /// @param command such as `runs delete`
  /// @param ids what the change is about
  <T> T tell(String command, Map<String, ?> ids, Change<T> change) throws IOException {
    if (file == null) {
      return change.make();
    }
    try (var log = open(file)) {
      var line = new LinkedHashMap<String, Object>();
      line.put("user", System.getProperty("user.name", ""));
      line.put("by", "command");
      line.put("call", command);
      line.putAll(ids);
      line.put("status", 500);
      try {
        var made = change.make();
        line.put("status", 200);
        return made;
      } finally {
        log.write(line);
      }
    }
  }

  private static AuditLog open(Path file) throws IOException {
    return file.equals(AuthSettings.STREAM)
        ? AuditLog.to(new FileOutputStream(FileDescriptor.err), Clock.systemUTC())
        : AuditLog.open(file, Clock.systemUTC());
  }
}
