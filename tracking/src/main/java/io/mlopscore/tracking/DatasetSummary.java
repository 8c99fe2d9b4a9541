package io.mlopscore.tracking;

import org.jspecify.annotations.Nullable;

/// A data set that runs of an experiment read.
///
/// @param context what it was read for, such as `training`; null if nobody said
public record DatasetSummary(
    String experimentId, String name, String digest, @Nullable String context) {}
