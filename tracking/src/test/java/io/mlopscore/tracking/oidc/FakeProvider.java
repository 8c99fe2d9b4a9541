package io.mlopscore.tracking.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.mlopscore.tracking.FreePort;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/// An OpenID provider with real keys, that gives every code the token that was put down for it.
final class FakeProvider implements AutoCloseable {
  private final WebServer server;
  private volatile RSAKey key;
  volatile String idToken = "";
  volatile String form = "";

  FakeProvider() throws JOSEException {
    key = key("one");
    server =
        FreePort.serve(
            HttpRouting.builder()
                .get("/.well-known/openid-configuration", (_, r) -> r.send(document()))
                .get("/keys", (_, r) -> r.send(new JWKSet(key.toPublicJWK()).toString()))
                .post(
                    "/token",
                    (request, r) -> {
                      form = request.content().as(String.class);
                      r.send("{\"id_token\": \"" + idToken + "\"}");
                    }));
  }

  private static RSAKey key(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.port();
  }

  private String document() {
    var i = issuer();
    return ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"%s/authorize\","
            + " \"token_endpoint\": \"%s/token\", \"jwks_uri\": \"%s/keys\"}")
        .formatted(i, i, i, i);
  }

  void rotate() throws JOSEException {
    key = key("two");
  }

  /// @param claims over those of a good token of `ada`
  String token(Map<String, Object> claims) throws JOSEException {
    return signed(claims, key);
  }

  String forged() throws JOSEException {
    return signed(Map.of(), key(key.getKeyID()));
  }

  private String signed(Map<String, Object> claims, RSAKey by) throws JOSEException {
    var set =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("7")
            .audience("mlops")
            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
            .claim("preferred_username", "ada")
            .claim("groups", List.of("ml-admins"));
    claims.forEach(set::claim);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), set.build());
    jwt.sign(new RSASSASigner(by));
    return jwt.serialize();
  }

  @Override
  public void close() {
    server.stop();
  }
}
