package io.mlopscore.pipeline.executor;

import java.time.Duration;
import java.util.Optional;

/// What became of a task.
///
/// @param exitCode 0 when all commands succeeded; below 0 the signal that ended the last one
/// @param failed the command that ended otherwise
/// @param timedOut whether it was stopped because its time was up
/// @param duration from the first command's start to the last one's end
/// @param cpu time of all processors together, user and system; zero where it is not known
/// @param peakMemory bytes that the largest process held; 0 where it is not known
public record TaskResult(
    int exitCode,
    Optional<String> failed,
    boolean timedOut,
    Duration duration,
    Duration cpu,
    long peakMemory) {}
