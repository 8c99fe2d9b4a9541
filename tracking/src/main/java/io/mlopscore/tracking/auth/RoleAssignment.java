package io.mlopscore.tracking.auth;

/// That a user has a role.
public record RoleAssignment(long id, long userId, long roleId) {}
