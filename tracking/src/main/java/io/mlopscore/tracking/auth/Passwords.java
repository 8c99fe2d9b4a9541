package io.mlopscore.tracking.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Lets users in by their passwords.
///
/// A hash is slow on purpose, so what matched is remembered for a while: the stored hash, under a
/// keyed hash of name and password. The user is still read for each request, and a changed stored
/// hash no longer matches, so nothing here is ever out of date.
public final class Passwords {
  /// What MLflow shipped as the password of `admin` before 3.17; everybody knows it.
  public static final String KNOWN_TO_EVERYBODY = "password1234";

  private static final String ABSENT = PasswordHash.of("nobody has this password");

  private final Users users;
  private final Clock clock;
  private final Duration kept;
  private final int most;
  private final SecretKeySpec key;
  private final Map<String, Match> matched = new LinkedHashMap<>();

  private record Match(String storedHash, long until) {}

  /// @param kept how long a match is remembered
  /// @param most matches that are remembered, the eldest go first
  public Passwords(Users users, Clock clock, Duration kept, int most) {
    this.users = users;
    this.clock = clock;
    this.kept = kept;
    this.most = most;
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// The account of a name if the password is theirs. A name that is not there takes as long.
  public Optional<Account> check(String name, String password) {
    var account = users.account(name);
    var stored = account.map(Account::passwordHash).orElse(ABSENT);
    if (!matches(name, password, stored) || account.isEmpty()) {
      return Optional.empty();
    }
    // an admin with the password that everybody knows is nobody
    return account.filter(found -> !found.user().admin() || !password.equals(KNOWN_TO_EVERYBODY));
  }

  private boolean matches(String name, String password, String stored) {
    var id = digest(name, password);
    var now = clock.millis();
    if (isRemembered(id, stored, now)) {
      return true;
    }
    if (!PasswordHash.matches(password, stored)) {
      return false;
    }
    remember(id, new Match(stored, now + kept.toMillis()));
    return true;
  }

  private synchronized boolean isRemembered(String id, String stored, long now) {
    var match = matched.get(id);
    return match != null && match.until() > now && match.storedHash().equals(stored);
  }

  private synchronized void remember(String id, Match match) {
    matched.remove(id);
    matched.put(id, match);
    if (matched.size() > most) {
      matched.remove(matched.keySet().iterator().next());
    }
  }

  private String digest(String name, String password) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no HMAC", e);
    }
  }
}
