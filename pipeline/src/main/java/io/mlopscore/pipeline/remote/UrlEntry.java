package io.mlopscore.pipeline.remote;

/// A file or folder behind a URL.
///
/// @param size bytes, 0 for a folder
public record UrlEntry(String path, boolean isFolder, long size) {}
