package io.mlopscore.tracking.search;

/// What is wrong with a filter.
///
/// @param message in MLflow's words
/// @param from where what is wrong begins, in characters of the filter
/// @param to where it ends
public record FilterProblem(String message, int from, int to) {}
