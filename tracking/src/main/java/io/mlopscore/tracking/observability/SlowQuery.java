package io.mlopscore.tracking.observability;

/// A statement that took long.
///
/// @param statement its text, with question marks or names where values are
/// @param nanos until the database gave the first row, or had done it
/// @param rows how many it wrote; -1 if nobody knows
public record SlowQuery(String statement, long nanos, long rows) {}
