package io.mlopscore.tracking.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Logins whose browser is at the provider. Each may end once, and soon.
final class PendingLogins {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Login> byState = new LinkedHashMap<>();

  PendingLogins(Clock clock) {
    this.clock = clock;
  }

  /// @param verifier of PKCE (https://www.rfc-editor.org/rfc/rfc7636)
  record Login(String nonce, String verifier, String redirect, String next, long until) {
    String challenge() {
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        return base64(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Java has no SHA-256", e);
      }
    }
  }

  /// @param place where the browser goes
  record Started(String state, Login login, String place) {
    Started at(String there) {
      return new Started(state, login, there);
    }
  }

  synchronized Started begin(String redirect, String next) {
    var state = word();
    var login = new Login(word(), word(), redirect, next, clock.millis() + LONGEST.toMillis());
    byState.put(state, login);
    if (byState.size() > MOST) {
      byState.remove(byState.keySet().iterator().next());
    }
    return new Started(state, login, "");
  }

  synchronized Optional<Login> end(String state) {
    return Optional.ofNullable(byState.remove(state))
        .filter(login -> login.until() > clock.millis());
  }

  private String word() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
