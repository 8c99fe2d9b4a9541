package io.mlopscore.tracking.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Identity;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whom the tokens of a provider let in.
final class OidcProviderTest {
  private static OidcProvider of(FakeProvider fake) throws Exception {
    var env =
        Map.of(
            "MLOPS_OIDC_ISSUER", fake.issuer(),
            "MLOPS_OIDC_CLIENT_ID", "mlops",
            "MLOPS_OIDC_ADMIN_GROUP", "ml-admins");
    return new OidcProvider(OidcSettings.read(env), Clock.systemUTC());
  }

  @Test
  void goodBearerTokenNamesItsUserAndTheirGroups() throws Exception {
    try (var fake = new FakeProvider()) {
      var identity = of(fake).identity(fake.token(Map.of())).orElseThrow();
      assertThat(identity.username()).isEqualTo("ada");
      assertThat(identity.admin()).isTrue();
      assertThat(identity.groups()).containsExactly("ml-admins");
    }
  }

  @Test
  void badTokensLetNobodyIn() throws Exception {
    try (var fake = new FakeProvider()) {
      var provider = of(fake);
      var past = Date.from(Instant.now().minusSeconds(600));
      assertThat(provider.identity(fake.forged())).isEmpty();
      assertThat(provider.identity(fake.token(Map.of("aud", "other")))).isEmpty();
      assertThat(provider.identity(fake.token(Map.of("iss", "https://evil")))).isEmpty();
      assertThat(provider.identity(fake.token(Map.of("exp", past)))).isEmpty();
      assertThat(provider.identity("eyJhbGciOiJub25lIn0.eyJzdWIiOiI3In0.")).isEmpty();
      assertThat(provider.identity("nonsense")).isEmpty();
    }
  }

  @Test
  void keyThatIsNewIsFetched() throws Exception {
    try (var fake = new FakeProvider()) {
      var provider = of(fake);
      assertThat(provider.identity(fake.token(Map.of()))).isPresent();
      fake.rotate();
      assertThat(provider.identity(fake.token(Map.of()))).map(Identity::username).hasValue("ada");
    }
  }

  @Test
  void loginEndsOnceAndWithItsOwnNonce() throws Exception {
    try (var fake = new FakeProvider()) {
      var provider = of(fake);
      var started = provider.begin("http://here/login/oidc/callback", "/models/m");
      assertThat(started.place())
          .startsWith(fake.issuer() + "/authorize?")
          .contains("code_challenge_method=S256", "state=" + started.state());
      fake.idToken = fake.token(Map.of("nonce", started.login().nonce()));
      var finished = provider.finish(started.state(), "code");
      assertThat(finished.identity().username()).isEqualTo("ada");
      assertThat(finished.next()).isEqualTo("/models/m");
      assertThat(fake.form).contains("code_verifier=" + started.login().verifier());
      assertThatThrownBy(() -> provider.finish(started.state(), "code"))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("not begun here");
      var again = provider.begin("http://here/login/oidc/callback", "/");
      assertThatThrownBy(() -> provider.finish(again.state(), "code"))
          .hasMessageContaining("not valid");
    }
  }
}
