package io.mlopscore.tracking.files;

/// How much an import found that the database did not hold yet.
public record Imported(
    int experiments,
    int runs,
    long points,
    int traces,
    int loggedModels,
    int registeredModels,
    int versions) {}
