package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RepositoryLock;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Experiments that are to run one after the other, or several at a time, and those that did.
///
/// A task is a file below `.dvc/tmp/mlops/experiments/queue`, in the folder named after its state;
/// it changes its state by being moved, so that only one worker gets it. Stashes of what waits and
/// of what failed are where `dvc` has them, `refs/exps/celery/stash` and `refs/exps/celery/failed`.
public final class ExperimentQueue {
  static final String WAITING = ExperimentRef.ROOT + "/celery/stash";
  static final String FAILED = ExperimentRef.ROOT + "/celery/failed";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A worker that was killed leaves its lock to whoever asks.
  private record Running(Path file, int worker) {}

  private final Pipeline pipeline;
  private final Git git;
  private final Path folder;
  private final QueueWorkers workers;

  public ExperimentQueue(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.git = Experiments.git(pipeline);
    this.folder = ExperimentFolder.of(pipeline).path().resolve("queue");
    this.workers = new QueueWorkers(folder);
  }

  public QueueWorkers workers() {
    return workers;
  }

  private Path folder(State state) {
    return folder.resolve(state.name().toLowerCase(Locale.ROOT));
  }

  private static String fileName(QueuedTask task) {
    return "%015d-%s.json".formatted(task.created().toEpochMilli(), task.revision());
  }

  public void put(QueuedTask task) throws IOException {
    try (var _ = lock()) {
      var message = "dvc-exp:%s:%s:%s".formatted(task.head(), task.baseline(), task.name());
      new StashRef(git, WAITING).push(task.revision(), message);
      Files.createDirectories(folder(State.QUEUED));
      var temporary = Files.createTempFile(folder, "task", ".tmp");
      Files.writeString(temporary, task.json());
      var target = folder(State.QUEUED).resolve(fileName(task));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private RepositoryLock lock() throws IOException {
    return RepositoryLock.take(
        folder.resolve("lock"),
        PATIENCE,
        "another mlops process works on the queue of experiments (it holds %s); wait for it to finish");
  }

  /// All tasks by their state, in the order they came.
  public Map<State, List<QueuedTask>> tasks() throws IOException {
    var tasks = new EnumMap<State, List<QueuedTask>>(State.class);
    for (var state : List.of(State.QUEUED, State.FAILED, State.SUCCESS)) {
      tasks.put(state, read(files(folder(state))));
    }
    var running = new ArrayList<Path>();
    var lost = new ArrayList<Path>();
    for (var found : running()) {
      (workers.isAlive(found.worker()) ? running : lost).add(found.file());
    }
    tasks.put(State.RUNNING, read(running));
    tasks.merge(State.FAILED, read(lost), ExperimentQueue::joined);
    return tasks;
  }

  private static List<QueuedTask> joined(List<QueuedTask> some, List<QueuedTask> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<QueuedTask> read(List<Path> files) throws IOException {
    var tasks = new ArrayList<QueuedTask>();
    for (var file : files) {
      read(file).ifPresent(tasks::add);
    }
    return tasks;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private List<Running> running() throws IOException {
    var found = new ArrayList<Running>();
    if (Files.isDirectory(folder(State.RUNNING))) {
      try (var workers = Files.newDirectoryStream(folder(State.RUNNING))) {
        for (var worker : workers) {
          int number = Integer.parseInt(worker.getFileName().toString());
          files(worker).forEach(file -> found.add(new Running(file, number)));
        }
      }
    }
    found.sort(Comparator.comparing(running -> running.file().getFileName().toString()));
    return found;
  }

  /// Empty when somebody moved it meanwhile.
  private static Optional<QueuedTask> read(Path file) throws IOException {
    try {
      return Optional.of(QueuedTask.parse(Files.readString(file), file.toString()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Holds the place of a worker until closed; what one before left unfinished has failed.
  RepositoryLock enter(int worker) throws IOException {
    var lock = workers.enter(worker);
    for (var file : files(runningFolder(worker))) {
      var task = read(file);
      if (task.isPresent()) {
        finish(worker, task.get(), false);
      }
    }
    return lock;
  }

  private Path runningFolder(int worker) {
    return folder(State.RUNNING).resolve(Integer.toString(worker));
  }

  /// Takes the first task that waits.
  Optional<QueuedTask> claim(int worker) throws IOException {
    Files.createDirectories(runningFolder(worker));
    for (var file : files(folder(State.QUEUED))) {
      var mine = runningFolder(worker).resolve(file.getFileName());
      try {
        Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException _) {
        continue; // another worker was first
      }
      var task = QueuedTask.parse(Files.readString(mine), mine.toString());
      try (var _ = lock()) {
        new StashRef(git, WAITING).drop(task.revision());
      }
      return Optional.of(task);
    }
    return Optional.empty();
  }

  void finish(int worker, QueuedTask task, boolean succeeded) throws IOException {
    var state = succeeded ? State.SUCCESS : State.FAILED;
    Files.createDirectories(folder(state));
    if (!succeeded) {
      try (var _ = lock()) {
        var message = "dvc-exp:%s:%s:%s".formatted(task.head(), task.baseline(), task.name());
        new StashRef(git, FAILED).push(task.revision(), message);
      }
    }
    Files.deleteIfExists(processFile(task));
    Files.move(
        runningFolder(worker).resolve(fileName(task)),
        folder(state).resolve(fileName(task)),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /// Where the output of a task is.
  public Path log(QueuedTask task) {
    return folder.resolve("logs").resolve(task.revision() + ".log");
  }

  private Path processFile(QueuedTask task) {
    return folder.resolve("processes").resolve(task.revision());
  }

  void remember(QueuedTask task, long process) throws IOException {
    Files.createDirectories(folder.resolve("processes"));
    Files.writeString(processFile(task), Long.toString(process));
  }

  /// The process of a running task, once it is started.
  public Optional<ProcessHandle> process(QueuedTask task) throws IOException {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(processFile(task))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Forgets tasks in these states.
  ///
  /// @return their names
  public List<String> clear(Collection<State> states) throws IOException {
    var all = tasks();
    var chosen = new ArrayList<QueuedTask>();
    states.forEach(state -> chosen.addAll(all.getOrDefault(state, List.of())));
    return forget(chosen);
  }

  /// Forgets tasks that do not run.
  ///
  /// @param texts names, or beginnings of hashes
  /// @return the names of those that are gone
  /// @throws PipelineException when one is unknown
  public List<String> remove(Collection<String> texts) throws IOException {
    var all = tasks();
    var chosen = new ArrayList<QueuedTask>();
    var unknown = new ArrayList<String>();
    for (var text : texts) {
      var found =
          all.entrySet().stream()
              .filter(entry -> entry.getKey() != State.RUNNING)
              .flatMap(entry -> entry.getValue().stream())
              .filter(task -> task.isMeant(text))
              .findFirst();
      found.ifPresentOrElse(chosen::add, () -> unknown.add(text));
    }
    if (!unknown.isEmpty()) {
      throw ExperimentRefs.unknown(unknown);
    }
    return forget(chosen);
  }

  private List<String> forget(List<QueuedTask> tasks) throws IOException {
    var names = new ArrayList<String>();
    try (var _ = lock()) {
      for (var task : tasks) {
        new StashRef(git, WAITING).drop(task.revision());
        new StashRef(git, FAILED).drop(task.revision());
        for (var state : List.of(State.QUEUED, State.FAILED, State.SUCCESS)) {
          Files.deleteIfExists(folder(state).resolve(fileName(task)));
        }
        for (var running : running()) {
          if (running.file().endsWith(fileName(task)) && !workers.isAlive(running.worker())) {
            Files.deleteIfExists(running.file());
          }
        }
        Files.deleteIfExists(log(task));
        names.add(task.name());
      }
    }
    return names;
  }

  /// The task of a name or the beginning of a hash.
  public Optional<QueuedTask> find(String text, Collection<State> states) throws IOException {
    return tasks().entrySet().stream()
        .filter(entry -> states.contains(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .filter(task -> task.isMeant(text))
        .findFirst();
  }

  Pipeline pipeline() {
    return pipeline;
  }
}
