package io.mlopscore.tracking;

/// A file or folder among artifacts.
///
/// @param path relative to the folder that was listed
/// @param size bytes, 0 for a folder
public record FileInfo(String path, boolean isDirectory, long size) {}
