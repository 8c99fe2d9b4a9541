package io.mlopscore.pipeline;

import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigLevel;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at a repository for people: what it stands on, and what will make trouble.
public final class Doctor {
  /// @param what is wrong
  /// @param remedy what to do about it
  public record Trouble(String what, String remedy) {}

  private static final Set<String> SECRETS =
      Set.of(
          "password",
          "passphrase",
          "token",
          "secret_access_key",
          "session_token",
          "sse_customer_key",
          "connection_string",
          "sas_token",
          "account_key",
          "client_secret",
          "oss_key_secret",
          "gdrive_client_secret");

  private final Path directory;
  private final Map<String, String> environment;

  /// @param directory where the question is asked
  public Doctor(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /// What the program and the repository stand on, a line each.
  ///
  /// @throws ConfigException when the settings are wrong
  public List<String> facts() throws IOException {
    var facts = new ArrayList<String>();
    facts.add(
        "Platform: Java %s on %s %s %s"
            .formatted(
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    var root = Repository.findRoot(directory);
    var files = ConfigFiles.of(root.map(found -> found.resolve(".dvc")), environment);
    facts.add("Config:");
    facts.add("\tGlobal: " + files.path(ConfigLevel.GLOBAL).getParent());
    facts.add("\tSystem: " + files.path(ConfigLevel.SYSTEM).getParent());
    if (root.isPresent()) {
      addRepository(facts, Repository.containing(directory));
    }
    return facts;
  }

  private static void addRepository(List<String> facts, Repository repository) throws IOException {
    var cache = repository.cacheRoot();
    if (Files.isDirectory(cache)) {
      facts.add("Cache types: " + String.join(", ", words(links(repository))));
      facts.add("Cache directory: " + fileSystem(cache));
    } else {
      facts.add("Cache types: not known before there is a cache; `mlops add` makes it");
    }
    var remotes = new ArrayList<String>();
    for (var remote : repository.config().remotes().values()) {
      int colon = remote.url().indexOf("://");
      remotes.add(colon < 0 ? "local" : remote.url().substring(0, colon));
    }
    facts.add("Remotes: " + (remotes.isEmpty() ? "None" : String.join(", ", remotes)));
    facts.add("Workspace directory: " + fileSystem(repository.root()));
    facts.add("Repo: dvc" + git(repository));
  }

  private static List<String> words(List<LinkType> types) {
    return types.stream().map(LinkType::word).toList();
  }

  private static List<LinkType> links(Repository repository) throws IOException {
    return new LinkProbe(repository.cacheRoot(), repository.root()).possible();
  }

  private static String fileSystem(Path path) throws IOException {
    var store = Files.getFileStore(path);
    return store.type() + " on " + store.name();
  }

  private static String git(Repository repository) {
    if (!repository.config().useGit()) {
      return " (no_scm)";
    }
    return repository
        .git()
        .map(root -> root.equals(repository.root()) ? ", git" : " (subdir), git")
        .orElse(", no git");
  }

  /// What will make trouble; empty when nothing was found.
  public List<Trouble> troubles() throws IOException {
    var troubles = new ArrayList<Trouble>();
    var root = Repository.findRoot(directory);
    if (root.isEmpty()) {
      return troubles;
    }
    Repository repository;
    try {
      repository = Repository.containing(directory);
    } catch (PipelineException e) {
      troubles.add(
          new Trouble(
              String.valueOf(e.getMessage()), "correct the file; `mlops config -l` shows more"));
      return troubles;
    }
    checkRemotes(repository, troubles);
    checkSecrets(repository, troubles);
    checkCache(repository, troubles);
    checkLock(repository, troubles);
    checkGit(repository, troubles);
    checkStages(repository, troubles);
    return troubles;
  }

  private static void checkRemotes(Repository repository, List<Trouble> troubles) {
    var config = repository.config();
    var name = config.defaultRemote();
    if (name.isPresent() && config.remote(name.get()).isEmpty()) {
      troubles.add(
          new Trouble(
              "the default remote '%s' is not there".formatted(name.get()),
              "`mlops remote add %s URL`, or `mlops remote default -u`".formatted(name.get())));
    }
    for (var remote : config.remotes().values()) {
      if (!remote.url().contains("://") && !Files.isDirectory(Path.of(remote.url()))) {
        troubles.add(
            new Trouble(
                "remote '%s': the folder %s is not there".formatted(remote.name(), remote.url()),
                "mount or make it; the first push makes it, too"));
      }
    }
  }

  /// The project's settings are kept by git, for everybody to see.
  private void checkSecrets(Repository repository, List<Trouble> troubles) throws IOException {
    var files = ConfigFiles.of(Optional.of(repository.dvcDirectory()), environment);
    var settings = files.read(ConfigLevel.PROJECT);
    for (var name : settings.names("remote")) {
      var secrets = new LinkedHashSet<>(settings.options(ConfigSection.remote(name)).keySet());
      secrets.retainAll(SECRETS);
      for (var secret : secrets) {
        troubles.add(
            new Trouble(
                "remote '%s': %s stands in .dvc/config, which git keeps".formatted(name, secret),
                "`mlops remote modify %s %s -u`, then set it with --local, and change the secret"
                    .formatted(name, secret)));
      }
    }
  }

  private static void checkCache(Repository repository, List<Trouble> troubles) throws IOException {
    var cache = repository.cacheRoot();
    if (!Files.isDirectory(cache)) {
      return;
    }
    if (!Files.isWritable(cache)) {
      troubles.add(
          new Trouble("the cache %s cannot be written".formatted(cache), "change its permissions"));
      return;
    }
    var wanted = repository.config().cache().types();
    var possible = links(repository);
    if (wanted.stream().noneMatch(type -> type == LinkType.COPY || possible.contains(type))) {
      troubles.add(
          new Trouble(
              "cache.type wants %s, but %s are possible between cache and workspace"
                  .formatted(words(wanted), words(possible)),
              "`mlops config cache.type copy`, or have both on one file system"));
    }
  }

  private void checkLock(Repository repository, List<Trouble> troubles) throws IOException {
    var files = ConfigFiles.of(Optional.of(repository.dvcDirectory()), environment);
    var hardlink = files.merged().find(ConfigSection.of("core"), "hardlink_lock");
    if (hardlink.isPresent() && hardlink.get().toLowerCase(Locale.ROOT).equals("true")) {
      troubles.add(
          new Trouble(
              "core.hardlink_lock is true: dvc then takes a lock that mlops does not see",
              "do not run both at once, or `mlops config -u core.hardlink_lock`"));
    }
  }

  private static void checkGit(Repository repository, List<Trouble> troubles) throws IOException {
    if (repository.git().isEmpty() || !repository.config().useGit()) {
      return;
    }
    try {
      if (new Git(repository.root()).tracks(repository.dvcDirectory().resolve("config.local"))) {
        troubles.add(
            new Trouble(
                ".dvc/config.local is tracked by git, with the secrets in it",
                "`git rm --cached .dvc/config.local`"));
      }
    } catch (PipelineException e) {
      troubles.add(
          new Trouble(String.valueOf(e.getMessage()), "install git, or set core.no_scm to true"));
    }
  }

  private void checkStages(Repository repository, List<Trouble> troubles) throws IOException {
    try {
      StageGraph.of(Discovery.nodes(repository));
    } catch (PipelineException | YamlException e) {
      troubles.add(new Trouble(String.valueOf(e.getMessage()), "correct the file that it names"));
    }
  }
}
