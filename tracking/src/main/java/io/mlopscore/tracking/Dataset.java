package io.mlopscore.tracking;

import org.jspecify.annotations.Nullable;

/// A data set that a run read, known by name and digest.
///
/// @param digest at most 36 characters
/// @param source where the data came from, JSON as MLflow writes it
/// @param schema its columns as JSON, null if unknown
/// @param profile its statistics as JSON, null if unknown
public record Dataset(
    String name,
    String digest,
    String sourceType,
    String source,
    @Nullable String schema,
    @Nullable String profile) {}
