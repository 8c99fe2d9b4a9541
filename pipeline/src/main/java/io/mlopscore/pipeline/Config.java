package io.mlopscore.pipeline;

import io.mlopscore.pipeline.config.ConfigFiles;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The settings of a repository: those of the system, the user, `.dvc/config` and
/// `.dvc/config.local`, later ones winning.
///
/// @param remotes by name
public record Config(
    Core core,
    Cache cache,
    Map<String, RemoteConfig> remotes,
    Parsing parsing,
    Exp exp,
    Plots plots,
    Hydra hydra) {

  /// @param remote the remote used when none is named
  /// @param autostage whether git gets changed `.dvc`, `dvc.lock` and `.gitignore` files at once
  /// @param noScm whether the repository was made to work without git
  /// @param checksumJobs how many files are hashed at once; empty for as many as fit the machine
  /// @param sharedDirectory what users of the machine share, `core.site_cache_dir`
  public record Core(
      Optional<String> remote,
      boolean autostage,
      boolean noScm,
      OptionalInt checksumJobs,
      Optional<Path> sharedDirectory) {}

  /// @param directory absolute
  /// @param types how files get from the cache into the workspace, best first
  /// @param shared whether the group of users may write to the cache
  /// @param slowLinkWarning whether to tell when only copies are possible
  public record Cache(
      Path directory, List<LinkType> types, boolean shared, boolean slowLinkWarning) {
    public Cache {
      types = List.copyOf(types);
    }
  }

  /// How values become options of a command, where a mapping stands in `cmd`.
  ///
  /// @param negatedFlags `--no-x` for false, rather than nothing
  /// @param repeatedOptions `--x a --x b` for lists, rather than `--x a b`
  public record Parsing(boolean negatedFlags, boolean repeatedOptions) {}

  /// @param autoPush whether experiments are pushed once they ran
  /// @param gitRemote the git remote they go to
  public record Exp(boolean autoPush, String gitRemote) {}

  /// @param template of the HTML page, relative to `.dvc`
  /// @param autoOpen whether the page is opened in a browser
  /// @param directory where pages are written
  public record Plots(Optional<String> template, boolean autoOpen, Optional<String> directory) {}

  /// @param enabled whether parameters are composed by Hydra before stages run
  /// @param directory of Hydra's configuration, relative to the root
  public record Hydra(
      boolean enabled,
      String directory,
      Optional<String> module,
      String name,
      Optional<String> plugins) {}

  public Config {
    remotes = Map.copyOf(remotes);
  }

  /// @param dvcDirectory the directory `.dvc`
  /// @throws ConfigException when a setting is unknown or wrong
  public static Config of(Path dvcDirectory, Map<String, String> environment) throws IOException {
    return of(ConfigFiles.of(Optional.of(dvcDirectory), environment).checked(), dvcDirectory);
  }

  /// @param settings of all levels, checked
  /// @param dvcDirectory the directory `.dvc`
  public static Config of(Settings settings, Path dvcDirectory) {
    var remotes = new LinkedHashMap<String, RemoteConfig>();
    for (var name : settings.names("remote")) {
      var options = new LinkedHashMap<>(settings.options(ConfigSection.remote(name)));
      var url = options.remove("url");
      remotes.put(name, new RemoteConfig(name, url == null ? "" : url, options));
    }
    return new Config(
        core(new Section(settings, "core")),
        cache(new Section(settings, "cache"), dvcDirectory),
        remotes,
        parsing(new Section(settings, "parsing")),
        exp(new Section(settings, "exp")),
        plots(new Section(settings, "plots")),
        hydra(new Section(settings, "hydra")));
  }

  private record Section(Settings settings, String name) {
    Optional<String> text(String key) {
      return settings.find(ConfigSection.of(name), key);
    }

    boolean flag(String key, boolean otherwise) {
      return text(key).map(value -> value.equalsIgnoreCase("true")).orElse(otherwise);
    }
  }

  private static Core core(Section core) {
    var jobs = core.text("checksum_jobs");
    return new Core(
        core.text("remote").map(name -> name.toLowerCase(Locale.ROOT)),
        core.flag("autostage", false),
        core.flag("no_scm", false),
        jobs.isPresent() ? OptionalInt.of(Integer.parseInt(jobs.get())) : OptionalInt.empty(),
        core.text("site_cache_dir").map(Path::of));
  }

  private static Cache cache(Section cache, Path dvcDirectory) {
    return new Cache(
        cache.text("dir").map(Path::of).orElse(dvcDirectory.resolve("cache")),
        Stream.of(cache.text("type").orElse("reflink,copy").split(",", -1))
            .map(LinkType::of)
            .toList(),
        cache.text("shared").isPresent(),
        cache.flag("slow_link_warning", true));
  }

  private static Parsing parsing(Section parsing) {
    return new Parsing(
        parsing.text("bool").filter("boolean_optional"::equalsIgnoreCase).isPresent(),
        parsing.text("list").filter("append"::equalsIgnoreCase).isPresent());
  }

  private static Exp exp(Section exp) {
    return new Exp(exp.flag("auto_push", false), exp.text("git_remote").orElse("origin"));
  }

  private static Plots plots(Section plots) {
    return new Plots(
        plots.text("html_template"), plots.flag("auto_open", false), plots.text("out_dir"));
  }

  private static Hydra hydra(Section hydra) {
    return new Hydra(
        hydra.flag("enabled", false),
        hydra.text("config_dir").orElse("conf"),
        hydra.text("config_module"),
        hydra.text("config_name").orElse("config"),
        hydra.text("plugins_path"));
  }

  /// A remote by name. One whose URL is `remote://other/path` has the options of the other, too.
  public Optional<RemoteConfig> remote(String name) {
    return remote(name.toLowerCase(Locale.ROOT), Set.of());
  }

  private Optional<RemoteConfig> remote(String name, Set<String> onTheWay) {
    var found = remotes.get(name);
    if (found == null) {
      return Optional.empty();
    }
    if (onTheWay.contains(name)) {
      throw new ConfigException("remote '%s' leads back to itself".formatted(name));
    }
    var way = new HashSet<>(onTheWay);
    way.add(name);
    return Optional.of(
        located(found.url(), way)
            .map(base -> new RemoteConfig(name, base.url(), found.options()).over(base))
            .orElse(found));
  }

  /// The place that a URL `remote://name/path` stands for; empty for other URLs.
  ///
  /// @throws ConfigException when there is no such remote
  public Optional<RemoteConfig> located(String url) {
    return located(url, Set.of());
  }

  private Optional<RemoteConfig> located(String url, Set<String> onTheWay) {
    if (!url.startsWith("remote://")) {
      return Optional.empty();
    }
    var parts = url.substring("remote://".length()).split("/", 2);
    var base =
        remote(parts[0].toLowerCase(Locale.ROOT), onTheWay)
            .orElseThrow(
                () ->
                    new ConfigException("%s: remote '%s' doesn't exist".formatted(url, parts[0])));
    return Optional.of(base.at(parts.length > 1 ? parts[1] : ""));
  }

  /// Where the cache is, absolute.
  public Path cacheDirectory() {
    return cache.directory();
  }

  /// The name of the remote used when none is named.
  public Optional<String> defaultRemote() {
    return core.remote();
  }

  /// False when the repository was made with `--no-scm`.
  public boolean useGit() {
    return !core.noScm();
  }
}
