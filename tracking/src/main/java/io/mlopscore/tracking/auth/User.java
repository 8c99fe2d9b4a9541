package io.mlopscore.tracking.auth;

/// Somebody with a name and a password.
public record User(long id, String name, boolean admin) {}
