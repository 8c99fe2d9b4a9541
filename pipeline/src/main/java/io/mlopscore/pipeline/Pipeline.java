package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import io.mlopscore.pipeline.StageState.Changed;
import io.mlopscore.pipeline.Workspace.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stages and data of a repository: what is there, what changed, and bringing it up to date.
public final class Pipeline {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);
  private static final Duration FOREVER = Duration.ofDays(10_000);

  /// Set by `mlops --wait-for-lock`.
  private static final String WAIT_FOR_LOCK = "MLOPS_WAIT_FOR_LOCK";

  private final Repository repository;
  private final Path directory;
  private final Workspace workspace;
  private final ContentCache cache;
  private final Map<String, String> environment;
  private final LockFiles locks = new LockFiles();
  private final GitIgnore gitIgnore;
  private final Observer observer;

  private Pipeline(Repository repository, Path directory, Map<String, String> environment) {
    this.repository = repository;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.workspace =
        new Workspace(
            HashIndex.open(repository.temporary().resolve("mlops").resolve("hashes")),
            repository.ignore());
    this.cache = new ContentCache(repository.cacheRoot());
    this.gitIgnore = new GitIgnore(repository);
    this.observer = new Observer(workspace, cache);
  }

  /// The repository around `directory`; relative names are looked up from there.
  public static Pipeline open(Path directory) throws IOException {
    var absolute = directory.toAbsolutePath().normalize();
    return new Pipeline(Repository.containing(absolute), absolute, System.getenv());
  }

  /// The same pipeline with the files of another root, such as those of a revision; what is in the
  /// cache stays the same.
  public Pipeline withRoot(Path root) throws IOException {
    var here = root.resolve(repository.root().relativize(directory).toString());
    return new Pipeline(repository.withRoot(root), here, environment);
  }

  public Repository repository() {
    return repository;
  }

  /// Brings the stages up to date.
  ///
  /// @return a result for each stage and data file looked at, in the order they were
  /// @throws PipelineException when the files cannot be read or another process holds the lock
  public List<StageResult> reproduce(ReproOptions options, ReproListener listener)
      throws IOException {
    try (var _ = lock()) {
      var graph = graph();
      var targets = targets(graph.nodes(), options.targets());
      var order = options.single() ? targets : graph.inOrder(targets);
      return new Reproduction(this, graph, options, listener).run(order);
    } finally {
      workspace.save();
    }
  }

  /// What changed since the last run, by node; unchanged ones are left out.
  ///
  /// @param names stages or `*.dvc` files; empty for all
  public Map<Node, List<Change>> status(List<String> names) throws IOException {
    var changes = new LinkedHashMap<Node, List<Change>>();
    var nodes = nodes();
    for (var node : names.isEmpty() ? nodes : targets(nodes, names)) {
      var found = changes(node);
      if (!found.isEmpty()) {
        changes.put(node, found);
      }
    }
    workspace.save();
    return changes;
  }

  public StageGraph graph() throws IOException {
    return StageGraph.of(nodes());
  }

  /// The targets of a graph and all they depend on, in an order in which they can run.
  public List<Node> upstreamOf(StageGraph graph, List<String> names) {
    return graph.inOrder(names.isEmpty() ? graph.nodes() : targets(graph.nodes(), names));
  }

  /// What `dvc.lock` says of a stage; empty when it never ran.
  public Optional<LockEntry> recorded(Stage stage) throws IOException {
    return locks.entry(stage);
  }

  /// All stages and data of the repository.
  public List<Node> nodes() throws IOException {
    return Discovery.nodes(repository);
  }

  /// Keeps other processes out of the repository until closed.
  public RepositoryLock lock() throws IOException {
    return RepositoryLock.take(
        repository.temporary().resolve("lock"),
        environment.containsKey(WAIT_FOR_LOCK) ? FOREVER : LOCK_PATIENCE);
  }

  private List<Change> changes(Node node) throws IOException {
    return switch (node) {
      case DataSource data -> changes(data);
      case Stage stage -> {
        var locked = locks.entry(stage);
        var state = StageDecision.decide(stage, locked, observer().observe(stage, locked));
        yield state instanceof Changed(var found) ? found : List.of();
      }
    };
  }

  private List<Change> changes(DataSource data) throws IOException {
    var file = data.output().file();
    if (data.output().cached() && !cache.containsAll(data.recorded().hash())) {
      return List.of(new Change.OutputChanged(file, Change.What.NOT_IN_CACHE));
    }
    var now = workspace.look(file);
    if (now.isEmpty()) {
      return List.of(new Change.OutputChanged(file, Change.What.DELETED));
    }
    return now.get().sameContent(data.recorded())
        ? List.of()
        : List.of(new Change.OutputChanged(file, Change.What.MODIFIED));
  }

  /// The nodes that names stand for: a stage, a group `name@…`, a `dvc.yaml`, `dvc.yaml:name`, a
  /// `*.dvc` file or an output. No names stand for all stages of the `dvc.yaml` here, or else all.
  List<Node> targets(List<Node> nodes, List<String> names) {
    if (names.isEmpty()) {
      var here = inFile(nodes, directory.resolve("dvc.yaml"));
      return here.isEmpty() ? nodes : here;
    }
    var targets = new ArrayList<Node>();
    for (var name : names) {
      var found = named(nodes, name);
      if (found.isEmpty()) {
        throw new PipelineException(
            "'%s' is no stage, output or *.dvc file here; `mlops dag` shows what there is"
                .formatted(name));
      }
      targets.addAll(found);
    }
    return targets;
  }

  private static List<Node> inFile(List<Node> nodes, Path file) {
    return nodes.stream().filter(node -> node.definition().equals(file)).toList();
  }

  /// The nodes that a name stands for; none if it stands for nothing.
  public List<Node> named(List<Node> nodes, String name) {
    int colon = name.lastIndexOf(':');
    var file = directory.resolve(colon < 0 ? "dvc.yaml" : name.substring(0, colon)).normalize();
    var stage = name.substring(colon + 1);
    var path = directory.resolve(name).normalize();
    return nodes.stream()
        .filter(
            node ->
                node.definition().equals(path)
                    || node.outputs().stream().anyMatch(output -> output.file().equals(path))
                    || (node instanceof Stage candidate
                        && candidate.definition().equals(file)
                        && isOrMemberOf(candidate.name(), stage)))
        .toList();
  }

  private static boolean isOrMemberOf(String name, String wanted) {
    return name.equals(wanted) || name.startsWith(wanted + "@");
  }

  /// Stores the content of added data and records it in its `*.dvc` file.
  ///
  /// @return the `.gitignore` that was changed
  Optional<Path> track(Path definition, Output output, Found found) throws IOException {
    outputs().store(output.file(), found);
    var ignored = gitIgnore().ignore(output.file());
    DataFile.write(definition, output.path(), found.content());
    return ignored;
  }

  Workspace workspace() {
    return workspace;
  }

  public ContentCache cache() {
    return cache;
  }

  LockFiles locks() {
    return locks;
  }

  Outputs outputs() {
    return new Outputs(workspace, cache);
  }

  Observer observer() {
    return observer;
  }

  RunCache runCache() {
    return new RunCache(repository.cacheRoot());
  }

  GitIgnore gitIgnore() {
    return gitIgnore;
  }

  StageProcess process() {
    return new StageProcess(repository.root(), environment);
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

  /// A path as the user would type it from where the command runs.
  public String shown(Path path) {
    return Workspace.posix(directory.relativize(path));
  }

  /// The name of a node as seen from where the command runs.
  public String shown(Node node) {
    var file = shown(node.definition());
    return switch (node) {
      case Stage stage -> file.equals("dvc.yaml") ? stage.name() : file + ":" + stage.name();
      case DataSource _ -> file;
    };
  }
}
