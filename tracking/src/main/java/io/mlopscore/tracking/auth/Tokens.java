package io.mlopscore.tracking.auth;

import java.util.List;
import java.util.Optional;

/// The tokens that machines show as `Authorization: Bearer`.
public interface Tokens {
  /// @param hash of [TokenSecret#hash()]
  void add(Token token, String hash);

  List<Token> all();

  /// @return false if there is none
  boolean revoke(String id);

  /// The token with a hash, also if it has expired.
  Optional<Token> byHash(String hash);
}
