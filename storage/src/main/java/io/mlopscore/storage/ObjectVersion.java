package io.mlopscore.storage;

/// One version of an object.
///
/// @param id by which the store knows it, for this object alone; empty if it keeps no versions
/// @param tag what the store calls the content: for S3, the MD5 of what came in one piece and was
///     not encrypted with a key of its own
/// @param size bytes
public record ObjectVersion(String id, String tag, long size) {}
