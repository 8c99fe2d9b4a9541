package io.mlopscore.tracking.auth;

/// How much of what its user may do a token may do.
public enum Scope {
  READ,
  WRITE,
  ADMIN;

  public boolean covers(Scope wanted) {
    return compareTo(wanted) >= 0;
  }
}
