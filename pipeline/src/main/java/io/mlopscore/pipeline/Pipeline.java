package io.mlopscore.pipeline;

import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.LocalExecutor;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stages and data of a repository: what is there, what changed, and bringing it up to date.
/// What is done to data alone is in [DataStore].
public final class Pipeline {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

  private static final String LOCKED =
      "Unable to acquire lock. Another mlops or dvc process works on this repository; wait"
          + " for it to finish (it holds %s), or give --wait-for-lock.";

  /// Set by `mlops --wait-for-lock`.
  private static final String WAIT_FOR_LOCK = "MLOPS_WAIT_FOR_LOCK";

  private final Repository repository;
  private final Path directory;
  private final Workspace workspace;
  private final ContentCache cache;
  private final PlacedOutputs placed;
  private final Map<String, String> environment;
  private final LockFiles locks = new LockFiles();
  private final GitIgnore gitIgnore;
  private final StageHistory history;
  private final HeldDirectories held;
  private final Observer observer;
  private final UrlContents urls;
  private final boolean waitsForLock;

  private Pipeline(
      Repository repository,
      Path directory,
      Map<String, String> environment,
      UrlContents urls,
      boolean waitsForLock) {
    this.repository = repository;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.urls = urls;
    this.waitsForLock = waitsForLock;
    var own = repository.own();
    var hashing = repository.config().core().checksumJobs();
    this.workspace =
        new Workspace(
            own,
            new DirectoryIndex(own.resolve("directories")),
            repository.ignore(),
            hashing.isPresent() ? new Parallel(hashing.getAsInt()) : Parallel.local());
    this.cache =
        new ContentCache(
            repository.cacheRoot(),
            new Links(repository.config().cache().types()),
            Staging.in(repository));
    this.placed = new PlacedOutputs(own.resolve("outputs"), repository.root());
    this.gitIgnore = new GitIgnore(repository);
    this.history = new StageHistory(own);
    this.held = new HeldDirectories(own.resolve("held"));
    this.observer = new Observer(workspace, cache, held, repository.config(), urls);
  }

  /// The repository around `directory`; relative names are looked up from there.
  public static Pipeline open(Path directory) throws IOException {
    return open(directory, UrlContents.NONE);
  }

  /// As above.
  ///
  /// @param urls asks for what URLs hold that stages read
  public static Pipeline open(Path directory, UrlContents urls) throws IOException {
    return open(directory, urls, false);
  }

  /// As above.
  ///
  /// @param waitsForLock wait for as long as it takes where another process holds a lock, instead
  ///     of giving up
  public static Pipeline open(Path directory, UrlContents urls, boolean waitsForLock)
      throws IOException {
    return open(directory, System.getenv(), urls, waitsForLock);
  }

  private static Pipeline open(
      Path directory, Map<String, String> environment, UrlContents urls, boolean waitsForLock)
      throws IOException {
    var absolute = directory.toAbsolutePath().normalize();
    boolean waits = waitsForLock || environment.containsKey(WAIT_FOR_LOCK);
    return new Pipeline(repository(absolute), absolute, environment, urls, waits);
  }

  private static Repository repository(Path directory) throws IOException {
    var found = Repository.containing(directory);
    if (found.config().cache().shared()) {
      SharedFolders.share(found.cacheRoot());
    }
    return found;
  }

  /// The same pipeline with the files of another root, such as those of a revision; what is in the
  /// cache stays the same.
  public Pipeline withRoot(Path root) throws IOException {
    var here = root.resolve(repository.root().relativize(directory).toString());
    return new Pipeline(repository.withRoot(root), here, environment, urls, waitsForLock);
  }

  /// Opened anew as this one was, here or elsewhere.
  ///
  /// @param variables what the commands of stages see beside the variables of this process
  public Pipeline reopened(Path where, Map<String, String> variables) throws IOException {
    var all = new LinkedHashMap<>(environment);
    all.putAll(variables);
    return open(where, all, urls, waitsForLock);
  }

  public Repository repository() {
    return repository;
  }

  public List<StageResult> reproduce(ReproOptions options, ReproListener listener)
      throws IOException {
    return reproduce(options, listener, MissingData.NONE);
  }

  /// As below, on this machine.
  public List<StageResult> reproduce(
      ReproOptions options, ReproListener listener, MissingData missing) throws IOException {
    return reproduce(options, listener, missing, new LocalExecutor(environment));
  }

  /// Brings the stages up to date.
  ///
  /// @param missing fetches what [ReproOptions.Flag#PULL] asks for
  /// @param executor runs the commands of stages
  /// @return a result for each stage and data file looked at, in the order they were done
  /// @throws PipelineException when the files cannot be read or another process holds the lock
  public List<StageResult> reproduce(
      ReproOptions options, ReproListener listener, MissingData missing, Executor executor)
      throws IOException {
    if (options.has(Flag.PULL) && options.has(Flag.RUN_CACHE)) {
      missing.fetchRuns();
    }
    try (var lock = lock()) {
      var graph = graphFromHere();
      var selection = options.selection();
      var targets = targets(graph.nodes()).of(selection);
      var plan = graph.plan(targets, selection.scope());
      var context =
          new UpdateContext(
              this,
              lock,
              PathLocks.of(repository, listener),
              graph,
              options,
              listener,
              missing,
              new HashSet<>());
      var results = new Reproduction(context, process(executor), plan).run();
      history().compact();
      return results;
    } finally {
      save();
    }
  }

  /// Of several files that cannot be read the one here is told of, as with DVC.
  private StageGraph graphFromHere() throws IOException {
    try {
      return graph();
    } catch (PipelineException | YamlException e) {
      var here = directory.resolve("dvc.yaml");
      if (Files.isRegularFile(here)) {
        StageFile.read(repository, here);
      }
      throw e;
    }
  }

  /// What changed since the last run, by node; unchanged ones are left out.
  ///
  /// @param names stages or `*.dvc` files; empty for all
  public Map<Node, List<Change>> status(List<String> names) throws IOException {
    return status(StageSelection.of(names), false, new ReproListener() {});
  }

  /// What changed since the last run, by node; unchanged ones are left out.
  ///
  /// @param selection no targets stand for all
  /// @param withDependencies also of all that the targets depend on
  public Map<Node, List<Change>> status(
      StageSelection selection, boolean withDependencies, ReproListener listener)
      throws IOException {
    try (var _ = lock()) {
      return new Status(changes(), PathLocks.of(repository, listener), listener)
          .of(selected(selection, withDependencies));
    } finally {
      workspace.save();
      held.save();
    }
  }

  private List<Node> selected(StageSelection selection, boolean withDependencies)
      throws IOException {
    var nodes = nodes();
    if (selection.targets().isEmpty()) {
      return nodes;
    }
    var targets = targets(nodes).of(selection);
    return withDependencies ? StageGraph.of(nodes).inOrder(targets) : targets;
  }

  /// Why a node is stale, a line for each reason.
  public List<String> explain(Node node, List<Change> changes) throws IOException {
    return Explanation.lines(this, node, changes);
  }

  /// Records what is in the workspace now as the results of stages, without running them.
  ///
  /// @param selection no targets stand for all
  /// @param force do not ask
  public void commit(
      StageSelection selection,
      boolean withDependencies,
      boolean force,
      StageCommit.Confirmation confirmation,
      ReproListener listener)
      throws IOException {
    try (var _ = lock()) {
      graph(); // what contradicts itself is not committed
      var commit = new StageCommit(this, confirmation, listener, force);
      for (var node : selected(selection, withDependencies)) {
        commit.run(node);
      }
    } finally {
      save();
    }
  }

  /// Freezes a stage or data, or takes that back.
  ///
  /// @return what the target stands for
  public Node freeze(String target, boolean frozen) throws IOException {
    try (var _ = lock()) {
      var node = selected(StageSelection.of(List.of(target)), false).getFirst();
      Freezing.set(node, frozen);
      return node;
    }
  }

  public StageGraph graph() throws IOException {
    return StageGraph.of(nodes());
  }

  /// What each `dvc.yaml` declares beside its stages.
  public List<Declarations> declarations() throws IOException {
    var declared = new ArrayList<Declarations>();
    for (var file : Discovery.stageFiles(repository)) {
      declared.add(StageFile.declarations(repository, file));
    }
    return declared;
  }

  /// What `dvc.lock` says of a stage; empty when it never ran.
  public Optional<LockEntry> recorded(Stage stage) throws IOException {
    return locks.entry(stage);
  }

  /// What `dvc.lock` or a `*.dvc` file says that an output holds; empty when it says nothing.
  public Optional<Tracked> recorded(Node node, Output output) throws IOException {
    return records().of(node, output);
  }

  /// All stages and data of the repository.
  public List<Node> nodes() throws IOException {
    return Discovery.nodes(repository);
  }

  /// The directories that may not be looked into: what they define is not among the nodes.
  public List<Path> unreadable() throws IOException {
    return Discovery.unreadable(repository);
  }

  /// Keeps other processes out of the repository until closed.
  public RepositoryLock lock() throws IOException {
    var patience = waitsForLock ? RepositoryLock.FOREVER : LOCK_PATIENCE;
    return RepositoryLock.take(repository.temporary().resolve("lock"), patience, LOCKED);
  }

  boolean waitsForLock() {
    return waitsForLock;
  }

  /// Where the command runs.
  public Path directory() {
    return directory;
  }

  /// The path that a user means by a name.
  public Path resolve(String name) {
    return directory.resolve(name).normalize();
  }

  /// An output as the user would type it.
  public String shown(Output output) {
    return shown(output.file());
  }

  String shown(Dependency dependency) {
    return dependency.isUrl() ? dependency.path() : shown(dependency.file());
  }

  /// A path as the user would type it from where the command runs; whole outside of the repository.
  public String shown(Path path) {
    return Workspace.posix(repository.contains(path) ? directory.relativize(path) : path);
  }

  /// The name of a node as seen from where the command runs.
  public String shown(Node node) {
    var file = shown(node.definition());
    return switch (node) {
      case Stage stage -> file.equals("dvc.yaml") ? stage.name() : file + ":" + stage.name();
      case DataSource _, PartialImport _ -> file;
    };
  }

  /// What names stand for among some nodes, typed where the command runs.
  public Targets targets(List<Node> nodes) {
    return new Targets(directory, nodes);
  }

  /// Keeps what was learnt about files for later commands.
  void save() throws IOException {
    workspace.save();
    held.save();
    placed.save();
  }

  Workspace workspace() {
    return workspace;
  }

  public ContentCache cache() {
    return cache;
  }

  /// Which directories the cache was seen to hold with all their files.
  public HeldDirectories held() {
    return held;
  }

  LockFiles locks() {
    return locks;
  }

  Outputs outputs() {
    return new Outputs(workspace, cache, placed, repository.own().resolve("objects"));
  }

  PlacedOutputs placed() {
    return placed;
  }

  void remove(UrlOutput output) throws IOException {
    urls.remove(repository.config(), output.url());
  }

  Observer observer() {
    return observer;
  }

  RunCache runCache() {
    return new RunCache(repository.cacheRoot());
  }

  /// Lets git ignore an output.
  ///
  /// @return the `.gitignore` that was changed
  public Optional<Path> ignore(Path output) throws IOException {
    return gitIgnore().ignore(output);
  }

  GitIgnore gitIgnore() {
    return gitIgnore;
  }

  StageProcess process(Executor executor) {
    return new StageProcess(repository.root(), environment, executor, history());
  }

  /// What stages took in the past, and their logs.
  public StageHistory history() {
    return history;
  }

  NodeChanges changes() {
    return new NodeChanges(locks, observer);
  }

  Records records() {
    return new Records(locks, observer, cache, outputs());
  }
}
