package io.mlopscore.tracking.auth;

import org.jspecify.annotations.Nullable;

/// A token of a machine; the secret itself is kept nowhere.
///
/// @param id what it is revoked by
/// @param username for whom it acts
/// @param name what it is for
/// @param created milliseconds since the epoch
/// @param expires milliseconds since the epoch; null for never
public record Token(
    String id, String username, String name, Scope scope, long created, @Nullable Long expires) {}
