package io.mlopscore.pipeline.remote;

/// An object that could not be moved, and why.
public record FailedObject(StoredObject object, String reason) {}
