package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RemoteConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// The remotes that the settings name.
final class Remotes {
  /// As DVC has it: remotes answer slowly, so more requests than processors are under way.
  private static final int JOBS_PER_PROCESSOR = 4;

  private final Config config;
  private final OptionalInt jobs;

  /// @param jobs how many objects at a time; empty for what the remote's settings say
  Remotes(Config config, OptionalInt jobs) {
    this.config = config;
    this.jobs = jobs;
  }

  /// Whether there is a default one.
  boolean hasDefault() {
    return config.defaultRemote().isPresent();
  }

  /// The name of the remote that is meant.
  ///
  /// @param wanted empty for the default one
  /// @throws PipelineException when there is none
  String name(Optional<String> wanted) {
    return wanted
        .or(config::defaultRemote)
        .orElseThrow(
            () ->
                new PipelineException(
                    "no remote specified: name one with -r, or make one the default with"
                        + " `mlops remote default NAME`"));
  }

  /// One that keeps objects by their hash.
  ///
  /// @param instead what to do where it is another, for the message
  /// @throws ConfigException when it is another
  Remote openByHash(String name, String instead) throws IOException {
    require(name);
    if (isVersioned(name)) {
      throw new ConfigException(
          "remote '%s' is cloud versioned (version_aware, worktree), and this does not go with it; %s"
              .formatted(name, instead));
    }
    return open(name);
  }

  /// Whether a remote keeps files in versions. One that shows the latest of them as they are in the
  /// workspace does so by that alone.
  boolean isVersioned(String name) {
    var options = new RemoteOptions(name, config.remote(name).orElseThrow().options());
    boolean worktree = options.flag("worktree", false);
    boolean versioned = options.flag("version_aware", worktree);
    if (worktree && !versioned) {
      throw options.wrong("version_aware", "false", "possible with worktree");
    }
    return versioned;
  }

  /// @throws PipelineException when there is none of that name, or none of a kind we can reach
  Remote open(String name) throws IOException {
    require(name);
    var settings = config.remote(name).orElseThrow();
    var options = new RemoteOptions(name, settings.options());
    var url = settings.url();
    var place = new Stores(System.getenv()).open(url, options);
    var directory = url.contains("://") ? Optional.<Path>empty() : Optional.of(Path.of(url));
    return new Remote(
        name,
        url,
        place.store(),
        place.key().isEmpty() ? "" : place.key() + "/",
        directory,
        !isWeb(url),
        jobs.orElseGet(() -> options.number("jobs", usualJobs(directory.isPresent()))),
        options.flag("verify", true),
        isVersioned(name));
  }

  /// @throws PipelineException when there is none of that name
  void require(String name) {
    if (config.remote(name).isEmpty()) {
      var known = new TreeSet<>(config.remotes().keySet());
      throw new PipelineException(
          known.isEmpty()
              ? "remote '%s' doesn't exist: there are none; `mlops remote add` makes one"
                  .formatted(name)
              : "remote '%s' doesn't exist; known are: %s"
                  .formatted(name, String.join(", ", known)));
    }
  }

  private static boolean isWeb(String url) {
    return url.startsWith("http://") || url.startsWith("https://");
  }

  private static int usualJobs(boolean local) {
    int processors = Runtime.getRuntime().availableProcessors();
    return local ? processors : JOBS_PER_PROCESSOR * processors;
  }

  /// The place that any URL names; with the options of the remote it goes through, if any.
  ///
  /// @param more options that the command gives
  Stores.Place place(String url, Map<String, String> more) throws IOException {
    var through = config.located(url);
    var options = new HashMap<>(through.map(RemoteConfig::options).orElse(Map.of()));
    options.putAll(more);
    var target = through.map(RemoteConfig::url).orElse(url);
    return new Stores(System.getenv()).open(target, new RemoteOptions(url, options));
  }
}
