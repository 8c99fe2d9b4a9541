package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.RemoteConfig;
import io.mlopscore.storage.LocalObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// The remotes that the settings name.
final class Remotes {
  private final Config config;
  private final OptionalInt jobs;

  /// @param jobs how many objects at a time; empty for what the remote's settings say
  Remotes(Config config, OptionalInt jobs) {
    this.config = config;
    this.jobs = jobs;
  }

  /// The name of the remote that is meant.
  ///
  /// @param wanted empty for the default one
  String name(Optional<String> wanted) {
    return wanted
        .or(config::defaultRemote)
        .orElseThrow(
            () ->
                new PipelineException(
                    "no remote specified: name one with -r, or make one the default with"
                        + " `mlops remote default NAME`"));
  }

  /// @throws PipelineException when there is none of that name, or none of a kind we can reach
  Remote open(String name) {
    var settings =
        config
            .remote(name)
            .orElseThrow(
                () ->
                    new PipelineException(
                        "remote '%s' doesn't exist; known are: %s"
                            .formatted(
                                name,
                                String.join(", ", new TreeSet<>(config.remotes().keySet())))));
    var url = settings.url();
    boolean verified = settings.flag("verify", true);
    if (url.contains("://")) {
      throw new PipelineException(
          "remote '%s': %s is of a kind that cannot be reached".formatted(name, url));
    }
    var directory = Path.of(url);
    return new Remote(
        name,
        url,
        new LocalObjectStore(directory),
        "",
        Optional.of(directory),
        true,
        jobs(settings, Runtime.getRuntime().availableProcessors()),
        verified);
  }

  private int jobs(RemoteConfig settings, int otherwise) {
    return jobs.orElse(settings.number("jobs").orElse(otherwise));
  }
}
