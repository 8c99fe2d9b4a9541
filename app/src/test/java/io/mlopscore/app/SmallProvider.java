package io.mlopscore.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// An OpenID provider that logs everybody in as `ada`. It gives each code once, to who brings the
/// verifier that the login began with, and signs with a real key what a test wants it to say.
final class SmallProvider implements AutoCloseable {
  private final HttpServer server;
  private final RSAKey key = newKey();
  private final Map<String, Map<String, String>> logins = new ConcurrentHashMap<>();

  /// Claims over those of a good token.
  volatile Map<String, Object> claims = Map.of();

  /// Who signs: the key that is told, unless a test puts another there.
  volatile RSAKey signer = key;

  SmallProvider() throws IOException, JOSEException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", e -> send(e, 200, document()));
    server.createContext("/keys", e -> send(e, 200, new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  static RSAKey newKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID("one").generate();
  }

  RSAKey key() {
    return key;
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String document() {
    return ("{'issuer': '%1$s', 'authorization_endpoint': '%1$s/authorize',"
            + " 'token_endpoint': '%1$s/token', 'jwks_uri': '%1$s/keys'}")
        .formatted(issuer())
        .replace('\'', '"');
  }

  /// Sends the browser back with a code, as if its user had logged in.
  private void authorize(HttpExchange exchange) throws IOException {
    var asked = pairs(exchange.getRequestURI().getRawQuery());
    var code = UUID.randomUUID().toString();
    logins.put(code, asked);
    var back = asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
    exchange.getResponseHeaders().set("Location", back);
    send(exchange, 303, "");
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = pairs(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var login = logins.remove(form.getOrDefault("code", ""));
    if (login == null
        || !of(login, "code_challenge").equals(challenge(of(form, "code_verifier")))
        || !of(login, "redirect_uri").equals(of(form, "redirect_uri"))) {
      send(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    try {
      send(exchange, 200, "{\"id_token\": \"" + signed(of(login, "nonce")) + "\"}");
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private String signed(String nonce) throws JOSEException {
    var set =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("7")
            .audience("mlops")
            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
            .claim("nonce", nonce)
            .claim("preferred_username", "ada");
    claims.forEach(set::claim);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
    jwt.sign(new RSASSASigner(signer));
    return jwt.serialize();
  }

  private static String of(Map<String, String> pairs, String name) {
    return pairs.getOrDefault(name, "");
  }

  private static String challenge(String verifier) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> pairs(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
