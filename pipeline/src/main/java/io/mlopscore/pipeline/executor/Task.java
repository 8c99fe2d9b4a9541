package io.mlopscore.pipeline.executor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be run for a stage.
///
/// @param name of the stage, for people
/// @param commands each for a shell of its own
/// @param directory where they run, absolute
/// @param environment variables set beside those of this process
/// @param timeout for all commands together; empty for no limit
public record Task(
    String name,
    List<String> commands,
    Path directory,
    Map<String, String> environment,
    Optional<Duration> timeout) {
  public Task {
    commands = List.copyOf(commands);
    environment = Map.copyOf(environment);
  }
}
