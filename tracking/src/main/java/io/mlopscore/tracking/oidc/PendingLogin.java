package io.mlopscore.tracking.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// A login whose browser is at the provider. That browser keeps it in a cookie, so that it may come
/// back to any server. What it may do with it is to log in as who the provider says it is, once: a
/// code of the provider counts once, and fits one verifier.
///
/// @param state what the provider sends back
/// @param nonce what the provider signs
/// @param verifier of PKCE (https://www.rfc-editor.org/rfc/rfc7636)
/// @param next the page that was asked for
record PendingLogin(String state, String nonce, String verifier, String next) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PARTS = 4;

  /// Browsers keep cookies of 4 KB.
  private static final int LONGEST_PAGE = 2000;

  /// @param otherwise the page for which that is too long
  static PendingLogin begin(String next, String otherwise) {
    return new PendingLogin(
        word(), word(), word(), next.length() > LONGEST_PAGE ? otherwise : next);
  }

  String challenge() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return base64(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }

  /// What the browser keeps.
  String cookie() {
    var page = base64(next.getBytes(StandardCharsets.UTF_8));
    return String.join(".", state, nonce, verifier, page);
  }

  /// Empty if that is not what [#cookie] made, or of another login.
  ///
  /// @param state what the provider sent back
  static Optional<PendingLogin> of(String cookie, String state) {
    var parts = cookie.split("\\.", -1);
    if (parts.length != PARTS || state.isEmpty() || !same(parts[0], state)) {
      return Optional.empty();
    }
    try {
      var next = new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8);
      return Optional.of(new PendingLogin(parts[0], parts[1], parts[2], next));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String word() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
