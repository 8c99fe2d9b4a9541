package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The paths that running stages read and write: `.dvc/tmp/rwlock`, shared with `dvc`.
///
/// The repository lock is free while a stage's command runs; this file keeps others off what the
/// command uses. It changes only under the repository lock, so it is read once for as long as that
/// is held.
final class PathLocks {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String LOCKED =
      "Unable to acquire lock. Another mlops or dvc process writes which paths it uses (it holds"
          + " %s); wait for it to finish, or end it if it hangs.";

  /// Who uses a path.
  record User(long pid, String command) {
    private static final String MAIN = "io.mlopscore.app.Main";

    static User thisProcess() {
      var process = ProcessHandle.current();
      return new User(process.pid(), process.info().commandLine().map(User::brief).orElse("mlops"));
    }

    /// The command without the runtime's own arguments.
    private static String brief(String commandLine) {
      int main = commandLine.indexOf(MAIN);
      return main < 0 ? "mlops" : "mlops" + commandLine.substring(main + MAIN.length());
    }

    boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  /// Told of entries that a dead process left behind.
  interface Leftovers {
    void removed(User user, String path);
  }

  private record Table(Map<String, User> writers, Map<String, List<User>> readers) {}

  private final Path file;
  private final Path guard;
  private final User self;
  private final Leftovers leftovers;

  /// How many stages of this process read a path: the file names each process once.
  private final Map<String, Integer> reading = new LinkedHashMap<>();

  private @Nullable Table known;

  /// Those of this process.
  static PathLocks of(Repository repository, ReproListener listener) {
    return new PathLocks(
        repository.temporary(),
        User.thisProcess(),
        (user, path) ->
            listener.warned(
                "Process '%s' (PID %d) has ended without releasing '%s'; its lock is removed."
                    .formatted(user.command(), user.pid(), path)));
  }

  PathLocks(Path temporary, User self, Leftovers leftovers) {
    this.file = temporary.resolve("rwlock");
    this.guard = temporary.resolve("rwlock.lock");
    this.self = self;
    this.leftovers = leftovers;
  }

  /// Forgets what was read: the repository lock was free meanwhile.
  void forget() {
    known = null;
  }

  /// Makes sure that no other process uses the paths in a way that excludes this use.
  ///
  /// @throws BusyException when one does
  void require(Collection<Path> read, Collection<Path> written) throws IOException {
    var table = table();
    if (table.writers.isEmpty() && table.readers.isEmpty()) {
      return;
    }
    for (var path : written) {
      check(path, table);
      for (var entry : table.readers.entrySet()) {
        for (var user : entry.getValue()) {
          check(path, entry.getKey(), user);
        }
      }
    }
    for (var path : read) {
      check(path, table);
    }
  }

  private void check(Path path, Table table) {
    table.writers.forEach((other, user) -> check(path, other, user));
  }

  private void check(Path path, String other, User user) {
    var used = Path.of(other);
    boolean overlaps = path.startsWith(used) || used.startsWith(path);
    if (overlaps && !user.equals(self) && user.isAlive()) {
      throw new BusyException(
          "'%s' is busy, it is being blocked by:\n  (PID %d): %s\n\nIf no process has that number, remove '%s' and try again."
              .formatted(path, user.pid, user.command, file));
    }
  }

  /// Enters paths that a command is about to use.
  void take(Collection<Path> read, Collection<Path> written) throws IOException {
    edit(
        table -> {
          dropDead(table);
          written.forEach(path -> table.writers.put(path.toString(), self));
          for (var path : read) {
            if (reading.merge(path.toString(), 1, Integer::sum) == 1) {
              var users = table.readers.computeIfAbsent(path.toString(), _ -> new ArrayList<>());
              if (!users.contains(self)) {
                users.add(self);
              }
            }
          }
        });
  }

  void release(Collection<Path> read, Collection<Path> written) throws IOException {
    edit(
        table -> {
          written.forEach(path -> table.writers.remove(path.toString(), self));
          for (var path : read) {
            if (reading.merge(path.toString(), -1, Integer::sum) == 0) {
              reading.remove(path.toString());
              var users = table.readers.getOrDefault(path.toString(), new ArrayList<>());
              users.remove(self);
              if (users.isEmpty()) {
                table.readers.remove(path.toString());
              }
            }
          }
        });
  }

  private void dropDead(Table table) {
    table.writers.entrySet().removeIf(entry -> isDead(entry.getValue(), entry.getKey()));
    table
        .readers
        .entrySet()
        .removeIf(
            entry -> {
              entry.getValue().removeIf(user -> isDead(user, entry.getKey()));
              return entry.getValue().isEmpty();
            });
  }

  private boolean isDead(User user, String path) {
    boolean dead = !user.equals(self) && !user.isAlive();
    if (dead) {
      leftovers.removed(user, path);
    }
    return dead;
  }

  private interface Change {
    void apply(Table table);
  }

  private void edit(Change change) throws IOException {
    try (var _ = RepositoryLock.take(guard, PATIENCE, LOCKED)) {
      var table = read();
      change.apply(table);
      WholeFile.write(file, JsonText.of(json(table)));
      known = table;
    }
  }

  private Table table() throws IOException {
    var table = known;
    if (table == null) {
      table = read();
      known = table;
    }
    return table;
  }

  private Table read() throws IOException {
    var table = new Table(new LinkedHashMap<>(), new LinkedHashMap<>());
    if (!Files.exists(file)) {
      return table;
    }
    try {
      if (YamlReader.read(file) instanceof Mapping locks) {
        entries(locks, "write").forEach((path, user) -> put(table.writers, path, user));
        entries(locks, "read")
            .forEach((path, users) -> table.readers.put(YamlReader.text(path), users(users)));
      }
      return table;
    } catch (YamlException e) {
      throw new PipelineException(
          file + ": not JSON; remove it when no mlops or dvc process runs here", e);
    }
  }

  private static Map<Value, Value> entries(Mapping locks, String kind) {
    return locks.get(kind).orElse(Mapping.EMPTY) instanceof Mapping paths
        ? paths.entries()
        : Map.of();
  }

  private static void put(Map<String, User> users, Value path, Value user) {
    user(user).ifPresent(found -> users.put(YamlReader.text(path), found));
  }

  private static List<User> users(Value users) {
    var found = new ArrayList<User>();
    YamlReader.items(users).values().forEach(user -> user(user).ifPresent(found::add));
    return found;
  }

  private static Optional<User> user(Value user) {
    return user instanceof Mapping fields && fields.get("pid").orElse(null) instanceof Int(var pid)
        ? Optional.of(new User(pid.longValue(), fields.get("cmd").map(YamlReader::text).orElse("")))
        : Optional.empty();
  }

  /// An empty kind is left out, as `dvc` does.
  private static Mapping json(Table table) {
    var writers = new LinkedHashMap<Value, Value>();
    table.writers.forEach((path, user) -> writers.put(Value.of(path), json(user)));
    var readers = new LinkedHashMap<Value, Value>();
    table.readers.forEach(
        (path, users) ->
            readers.put(Value.of(path), new Items(users.stream().map(PathLocks::json).toList())));
    var locks = new LinkedHashMap<Value, Value>();
    if (!writers.isEmpty()) {
      locks.put(Value.of("write"), new Mapping(writers));
    }
    if (!readers.isEmpty()) {
      locks.put(Value.of("read"), new Mapping(readers));
    }
    return new Mapping(locks);
  }

  private static Value json(User user) {
    var fields = new LinkedHashMap<Value, Value>();
    fields.put(Value.of("pid"), Value.of(user.pid));
    fields.put(Value.of("cmd"), Value.of(user.command));
    return new Mapping(fields);
  }
}
