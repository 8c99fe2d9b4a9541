package io.mlopscore.tracking.auth;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who makes a request.
public final class Authenticator {
  private final Users users;
  private final Passwords passwords;
  private final Tokens tokens;
  private final Sessions sessions;
  private final @Nullable IdentityProvider provider;
  private final Newcomers newcomers;
  private final Permission everybody;
  private final Clock clock;

  /// @param provider of bearer tokens that are not ours, if there is one
  /// @param everybody what those may do who were granted nothing
  public Authenticator(
      Users users,
      Passwords passwords,
      Tokens tokens,
      Sessions sessions,
      @Nullable IdentityProvider provider,
      Permission everybody,
      Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.tokens = tokens;
    this.sessions = sessions;
    this.provider = provider;
    this.newcomers = new Newcomers(users);
    this.everybody = everybody;
    this.clock = clock;
  }

  /// @param header `Authorization`
  public Optional<Caller> byHeader(String header) {
    var space = header.indexOf(' ');
    var scheme = space < 0 ? header : header.substring(0, space);
    var value = space < 0 ? "" : header.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(value);
    }
    return scheme.equalsIgnoreCase("Bearer") ? bearer(value) : Optional.empty();
  }

  private Optional<Caller> basic(String base64) {
    try {
      var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      var colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : byPassword(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public Optional<Caller> byPassword(String name, String password) {
    return passwords
        .check(name, password)
        .map(account -> Caller.of(account, everybody, "password", Scope.ADMIN));
  }

  private Optional<Caller> bearer(String text) {
    if (text.startsWith(TokenSecret.MARK)) {
      return tokens
          .byHash(new TokenSecret(text).hash())
          .filter(token -> !hasExpired(token))
          .flatMap(
              token ->
                  users
                      .account(token.username())
                      .map(account -> Caller.of(account, everybody, "token", token.scope())));
    }
    return provider == null ? Optional.empty() : provider.identity(text).map(this::byIdentity);
  }

  private boolean hasExpired(Token token) {
    var expires = token.expires();
    return expires != null && expires <= clock.millis();
  }

  public Caller byIdentity(Identity identity) {
    return Caller.of(newcomers.welcome(identity), everybody, "oidc", Scope.ADMIN);
  }

  /// @param cookie of a browser that is logged in
  public Optional<Caller> byCookie(String cookie) {
    return sessions
        .username(cookie)
        .flatMap(users::account)
        .map(account -> Caller.of(account, everybody, "session", Scope.ADMIN));
  }
}
