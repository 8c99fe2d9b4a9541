package io.mlopscore.tracking.auth;

/// A grant of a role, by an id of its own.
///
/// @param type a word of [ResourceType], or one that a newer MLflow knows
/// @param permission a word of [Permission]
public record RolePermission(
    long id, long roleId, String type, String pattern, String permission) {}
