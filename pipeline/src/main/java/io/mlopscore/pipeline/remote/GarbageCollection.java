package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ImportedContents;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RepositoryLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Removes objects that nothing in use needs, from the cache and, if asked, a remote.
public final class GarbageCollection {
  /// @param kept revisions whose data stays, beside that of the workspace
  /// @param projects other repositories that share the cache; their data stays, too
  /// @param cloud also in the remote
  /// @param notInRemote only data that the remote lacks stays
  /// @param remote empty for the default one
  /// @param youngest objects younger than this stay in any case
  /// @param skipFailed leaves out revisions that cannot be read, instead of stopping
  /// @param dry removes nothing
  public record Options(
      CommitSelection kept,
      List<Path> projects,
      boolean cloud,
      boolean notInRemote,
      Optional<String> remote,
      OptionalInt jobs,
      Duration youngest,
      boolean skipFailed,
      boolean dry) {
    public Options {
      projects = List.copyOf(projects);
    }
  }

  /// What was removed from one place, or would be.
  ///
  /// @param where `repo`, `legacy` or `remote`
  /// @param bytes of what was removed, as far as known
  public record Removal(String where, List<String> places, long bytes) {
    public Removal {
      places = List.copyOf(places);
    }
  }

  private final Pipeline pipeline;
  private final Options options;
  private final Clock clock;
  private final Warnings warnings;

  public GarbageCollection(Pipeline pipeline, Options options, Clock clock, Warnings warnings) {
    this.pipeline = pipeline;
    this.options = options;
    this.clock = clock;
    this.warnings = warnings;
  }

  public List<Removal> run() throws IOException {
    var repositories = new ArrayList<>(List.of(pipeline));
    for (var project : options.projects) {
      repositories.add(Pipeline.open(project));
    }
    var locks = new ArrayList<RepositoryLock>();
    try {
      for (var repository : repositories) {
        locks.add(repository.lock());
      }
      return run(repositories);
    } finally {
      for (var lock : locks.reversed()) {
        lock.close();
      }
    }
  }

  private List<Removal> run(List<Pipeline> repositories) throws IOException {
    var used = new HashSet<String>();
    for (var repository : repositories) {
      used.addAll(used(repository));
    }
    var removals = new ArrayList<Removal>();
    if (!options.cloud && !options.notInRemote) {
      removals.addAll(collect(Holding.of(cacheRoot()), used, "repo"));
      return removals;
    }
    var remotes = new Remotes(pipeline.repository().config(), options.jobs);
    var instead = "let a rule of the bucket remove old versions";
    try (var remote = remotes.openByHash(remotes.name(options.remote), instead)) {
      var there = Holding.of(remote);
      removals.addAll(
          collect(
              Holding.of(cacheRoot()), options.notInRemote ? lacking(there, used) : used, "repo"));
      if (options.cloud) {
        forget(remote);
        removals.addAll(collect(there, used, "remote"));
      }
    }
    return removals;
  }

  private Path cacheRoot() {
    return pipeline.repository().cacheRoot();
  }

  private void forget(Remote remote) throws IOException {
    if (!options.dry) {
      var folder = pipeline.repository().own().resolve("remotes");
      KnownListings.open(folder, remote.url()).forget();
    }
  }

  private static Set<String> lacking(Holding remote, Set<String> used) throws IOException {
    var lacking = new HashSet<>(used);
    remote.objects().forEach(object -> lacking.remove(object.key()));
    return lacking;
  }

  /// The keys of all objects that the data of a repository needs.
  private Set<String> used(Pipeline repository) throws IOException {
    requireReadable(repository);
    var selection =
        new Selection(
            List.of(), false, false, false, options.kept, java.util.OptionalLong.empty(), Set.of());
    var found = new ArrayList<>(new DataSelection(repository, selection, this::unreadable).find());
    found.addAll(imported(repository));
    var listings = new LinkedHashSet<UsedData>();
    found.stream().filter(UsedData::isDirectory).forEach(listings::add);
    fetchListings(repository, listings);
    var keys = new HashSet<String>();
    var needed = UsedData.needed(found, repository.cache());
    needed.objects().forEach(object -> keys.add(object.key()));
    return keys;
  }

  /// What was fetched for imports that name no content.
  private static List<UsedData> imported(Pipeline repository) throws IOException {
    var contents = new ImportedContents(repository);
    var found = new ArrayList<UsedData>();
    for (var node : repository.nodes()) {
      if (node instanceof PartialImport partial) {
        contents
            .of(partial)
            .ifPresent(content -> found.add(UsedData.of(repository, partial.output(), content)));
      }
    }
    return found;
  }

  private static void requireReadable(Pipeline repository) throws IOException {
    var hidden = repository.unreadable();
    if (!hidden.isEmpty()) {
      throw new PipelineException(
          ("%s cannot be read, so nobody knows which data is in use there; nothing was removed."
                  + " Make it readable, or name it in .dvcignore")
              .formatted(hidden.getFirst()));
    }
  }

  private void unreadable(String message) {
    if (!options.skipFailed) {
      throw new PipelineException(
          message + "; nothing was removed; --skip-failed leaves such revisions out");
    }
    warnings.warn(message);
  }

  /// Files of a directory whose listing nobody has cannot be told from others.
  private void fetchListings(Pipeline repository, Set<UsedData> directories) throws IOException {
    var cache = repository.cache();
    var lacking = new ArrayList<UsedData>();
    for (var directory : directories) {
      cache.addListing(directory.content());
      if (!cache.contains(directory.content().hash())) {
        lacking.add(directory);
      }
    }
    if (lacking.isEmpty()) {
      return;
    }
    var config = repository.repository().config();
    if (options.remote.isPresent() || config.defaultRemote().isPresent()) {
      var remotes = new Remotes(config, options.jobs);
      try (var remote = remotes.open(remotes.name(options.remote))) {
        var session = RemoteSession.of(repository.repository(), remote, new Progress());
        Layout.of(repository, session).fetchListings(lacking);
      }
    }
    for (var directory : lacking) {
      if (!cache.contains(directory.content().hash())) {
        warnings.warn(
            "the listing of '%s' (%s) is nowhere: its files are not known and count as unused"
                .formatted(directory.name(), directory.content().hash()));
      }
    }
  }

  private List<Removal> collect(Holding holding, Set<String> used, String where)
      throws IOException {
    var current = new ArrayList<KeptObject>();
    var legacy = new ArrayList<KeptObject>();
    for (var object : holding.objects()) {
      if (!used.contains(object.key()) && isOld(object)) {
        (object.isLegacy() ? legacy : current).add(object);
      }
    }
    return List.of(
        remove(holding, current, where),
        remove(holding, legacy, where.equals("repo") ? "legacy" : where));
  }

  /// What may be young for all that is known is not old.
  private boolean isOld(KeptObject object) {
    var before = Instant.now(clock).minus(options.youngest);
    return options.youngest.isZero()
        || object.modified().filter(time -> time.isBefore(before)).isPresent();
  }

  /// Listings go first: one that is there vouches for its files.
  private Removal remove(Holding holding, List<KeptObject> objects, String where)
      throws IOException {
    if (!options.dry) {
      var parallel = new Parallel(Runtime.getRuntime().availableProcessors() * 4);
      parallel.forEach(
          objects.stream().filter(KeptObject::isListing).toList(),
          object -> holding.delete(object.key()));
      parallel.forEach(
          objects.stream().filter(object -> !object.isListing()).toList(),
          object -> holding.delete(object.key()));
    }
    long bytes = objects.stream().mapToLong(KeptObject::size).sum();
    return new Removal(
        where, objects.stream().map(object -> holding.place(object.key())).toList(), bytes);
  }
}
