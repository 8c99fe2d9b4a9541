package io.mlopscore.tracking.auth;

/// A browser that is logged in; what its cookie holds is kept nowhere.
///
/// @param until milliseconds since the epoch
public record Session(String username, long until) {}
