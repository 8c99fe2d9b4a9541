package io.mlopscore.tracking.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Identity;
import io.mlopscore.tracking.auth.IdentityProvider;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An OpenID provider: sends browsers there, and reads what it signs. It is asked about itself when
/// it is first needed, so that a server starts without it.
public final class OidcProvider implements IdentityProvider {
  private static final System.Logger LOG = System.getLogger(OidcProvider.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final OidcSettings settings;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private volatile @Nullable Discovery discovery;

  public OidcProvider(OidcSettings settings) {
    this.settings = settings;
  }

  OidcSettings settings() {
    return settings;
  }

  /// Where a browser goes to log in.
  ///
  /// @param redirect where the provider sends it back to
  String place(PendingLogin login, String redirect) {
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", redirect);
    query.put("scope", settings.scopes());
    query.put("state", login.state());
    query.put("nonce", login.nonce());
    query.put("code_challenge", login.challenge());
    query.put("code_challenge_method", "S256");
    var place = discovered().authorization();
    var joint = place.getRawQuery() == null ? "?" : "&";
    return place + joint + encoded(query);
  }

  /// Ends a login: changes the code for an identity, once.
  ///
  /// @param redirect as it was when the login began
  /// @throws TrackingException if the provider says no, or what it says is not for this login
  Identity finish(PendingLogin login, String redirect, String code) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("code_verifier", login.verifier());
    form.put("client_id", settings.clientId());
    var token = post(discovered().token(), form).path("id_token").asText();
    return claims(discovered().loginTokens(), token)
        .filter(said -> login.nonce().equals(said.getClaim("nonce")))
        .map(this::identity)
        .orElseThrow(() -> refused("The provider's token is not valid."));
  }

  private static TrackingException refused(String why) {
    return new TrackingException(ErrorCode.PERMISSION_DENIED, why + " Log in again.");
  }

  @Override
  public Optional<Identity> identity(String token) {
    return claims(discovered().bearerTokens(), token).map(this::identity);
  }

  private Optional<JWTClaimsSet> claims(JWTProcessor<SecurityContext> reader, String token) {
    try {
      return Optional.of(reader.process(token, null));
    } catch (RemoteKeySourceException e) {
      throw unreachable(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      LOG.log(Level.DEBUG, "a token is not valid", e);
      return Optional.empty();
    }
  }

  private Identity identity(JWTClaimsSet claims) {
    var name = claims.getClaim(settings.usernameClaim());
    if (!(name instanceof String username) || username.isBlank()) {
      throw refused("The token has no claim " + settings.usernameClaim() + ".");
    }
    var groups = groups(claims);
    var group = settings.adminGroup();
    return new Identity(
        username, group.isEmpty() ? null : groups != null && groups.contains(group), groups);
  }

  private @Nullable Set<String> groups(JWTClaimsSet claims) {
    try {
      var groups = claims.getStringListClaim(settings.groupsClaim());
      return groups == null
          ? null
          : groups.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    } catch (ParseException _) {
      return null; // one word is no list
    }
  }

  private Discovery discovered() {
    var known = discovery;
    if (known != null) {
      return known;
    }
    try {
      var place = URI.create(settings.issuer() + "/.well-known/openid-configuration");
      var found = Discovery.of(send(HttpRequest.newBuilder(place)), settings);
      discovery = found;
      return found;
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(e);
    }
  }

  private JsonNode post(URI place, Map<String, String> form) {
    var request =
        HttpRequest.newBuilder(place)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (settings.clientSecret().isPresent()) {
      var secret = settings.clientSecret().get().text();
      var pair = encoded(settings.clientId()) + ":" + encoded(secret);
      var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + basic);
    }
    try {
      return send(request);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      var answer =
          http.send(
              request.timeout(TIMEOUT).header("Accept", "application/json").build(),
              BodyHandlers.ofString());
      if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
        throw refused("The provider refused.");
      }
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      return json.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private TrackingException unreachable(Exception cause) {
    LOG.log(Level.WARNING, "the OpenID provider " + settings.issuer() + " cannot be asked", cause);
    return new TrackingException(
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        "The OpenID provider cannot be asked; try again later. The server's log says why.",
        cause);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
