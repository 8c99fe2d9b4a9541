package io.mlopscore.pipeline;

import java.time.Duration;
import java.time.Instant;

/// One run of a stage's commands, as its history keeps it.
///
/// @param address of the stage
/// @param cpu time of all processors together; zero where it is not known
/// @param peakMemory bytes of the largest process; 0 where it is not known
/// @param attempts how often the commands were started, at least 1
public record StageRun(
    String address,
    Instant started,
    Duration duration,
    Duration cpu,
    long peakMemory,
    int exitCode,
    int attempts) {}
