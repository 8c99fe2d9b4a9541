package io.mlopscore.console;

/// A point in time as people say it, and exactly.
record Moment(String text, String exact) {}
