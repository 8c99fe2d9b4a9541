package io.mlopscore.pipeline;

import java.nio.file.Path;

/// A file or directory that a stage reads.
///
/// @param path as written, relative to the stage's directory
/// @param file absolute
public record Dependency(String path, Path file) {}
