package io.mlopscore.console;

/// One artifact file.
///
/// @param path relative to the artifacts it belongs to
/// @param href the file itself
/// @param page shows it
/// @param picture whether a browser can show it as an image
record FileRow(String path, String href, String page, String size, boolean picture) {}
