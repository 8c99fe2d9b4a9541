package io.mlopscore.tracking.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Set;

/// What a provider says about itself (https://openid.net/specs/openid-connect-discovery-1_0.html),
/// and the reader of its tokens.
///
/// @param issuer as its tokens name it, which may end in a slash
record Discovery(
    String issuer,
    URI authorization,
    URI token,
    ConfigurableJWTProcessor<SecurityContext> loginTokens,
    ConfigurableJWTProcessor<SecurityContext> bearerTokens) {
  /// Signatures with keys of which only the public half is told; never `none` or a shared secret.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  static Discovery of(JsonNode document, OidcSettings settings) throws MalformedURLException {
    var issuer = document.path("issuer").asText();
    if (!issuer.equals(settings.issuer()) && !issuer.equals(settings.issuer() + "/")) {
      throw new MalformedURLException("it calls itself '" + issuer + "'");
    }
    var keys = URI.create(document.path("jwks_uri").asText());
    return new Discovery(
        issuer,
        URI.create(document.path("authorization_endpoint").asText()),
        URI.create(document.path("token_endpoint").asText()),
        reader(issuer, Set.of(settings.clientId()), keys),
        reader(issuer, settings.audiences(), keys));
  }

  /// Keys are kept for minutes, and fetched again when a token names another, but not too often.
  private static ConfigurableJWTProcessor<SecurityContext> reader(
      String issuer, Set<String> audiences, URI keys) throws MalformedURLException {
    var source = JWKSourceBuilder.<SecurityContext>create(keys.toURL()).retrying(true).build();
    var reader = new DefaultJWTProcessor<SecurityContext>();
    reader.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    reader.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
    reader.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audiences,
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of("sub", "exp"),
            null));
    return reader;
  }
}
