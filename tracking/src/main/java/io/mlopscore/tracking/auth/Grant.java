package io.mlopscore.tracking.auth;

/// A permission on one thing or on all of a kind.
///
/// @param pattern an id, or [#ALL]
public record Grant(ResourceType type, String pattern, Permission permission) {
  public static final String ALL = "*";

  boolean covers(ResourceType wanted, String id) {
    return type == wanted && (pattern.equals(ALL) || (type.byId() && pattern.equals(id)));
  }
}
