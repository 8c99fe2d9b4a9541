package io.mlopscore.tracking.auth;

import java.util.Optional;

/// Somebody else who knows our users.
public interface IdentityProvider {
  /// Whom a bearer token speaks for; nobody if it is wrong or has expired.
  ///
  /// @throws io.mlopscore.tracking.TrackingException if the provider cannot be asked
  Optional<Identity> identity(String token);
}
