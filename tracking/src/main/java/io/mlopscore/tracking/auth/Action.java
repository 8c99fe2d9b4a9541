package io.mlopscore.tracking.auth;

/// What a call does with a thing, which says how much permission it needs.
public enum Action {
  /// Nothing yet, but it must not be forbidden: a grant on what is made in it decides.
  NOT_DENIED,
  READ,
  USE,
  UPDATE,
  DELETE,
  MANAGE
}
