package io.mlopscore.pipeline.params;

/// A part of a text, up to `end`.
record Span(int start, int end) {}
