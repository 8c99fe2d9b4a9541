package io.mlopscore.tracking.search;

/// One key that results are sorted by.
public record OrderBy(Field field, boolean ascending) {}
