package io.mlopscore.tracking;

import org.jspecify.annotations.Nullable;

/// What identifies a run and says how it went.
///
/// @param runId 32 hexadecimal digits
/// @param startTime milliseconds since the epoch
/// @param endTime milliseconds since the epoch, null while the run goes on
/// @param artifactUri where its artifacts are
public record RunInfo(
    String runId,
    String runName,
    String experimentId,
    String userId,
    RunStatus status,
    long startTime,
    @Nullable Long endTime,
    String artifactUri,
    LifecycleStage lifecycleStage) {}
