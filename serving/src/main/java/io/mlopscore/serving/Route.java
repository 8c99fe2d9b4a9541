package io.mlopscore.serving;

import java.util.Optional;

/// A path and method that is answered.
///
/// @param method `GET` (which answers HEAD too) or `POST`
/// @param needsKey whether a caller must show a key
/// @param guards counts callers; empty if there is no limit
record Route(
    String method, String path, boolean needsKey, Optional<Guards> guards, Endpoint endpoint) {

  /// The limit in front of the key check and the one behind it.
  record Guards(Limiter byAddress, Limiter byKey) {}
}
