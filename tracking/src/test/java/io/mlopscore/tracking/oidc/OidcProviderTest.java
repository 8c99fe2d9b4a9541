package io.mlopscore.tracking.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Identity;
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
    return new OidcProvider(OidcSettings.read(env));
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
  void loginEndsWithItsOwnNonce() throws Exception {
    try (var fake = new FakeProvider()) {
      var provider = of(fake);
      var login = PendingLogin.begin("/models/m", "/");
      assertThat(provider.place(login, "http://here/login/oidc/callback"))
          .startsWith(fake.issuer() + "/authorize?")
          .contains("code_challenge_method=S256", "state=" + login.state());
      fake.idToken = fake.token(Map.of("nonce", login.nonce()));
      var identity = provider.finish(login, "http://here/login/oidc/callback", "code");
      assertThat(identity.username()).isEqualTo("ada");
      assertThat(fake.form).contains("code_verifier=" + login.verifier());
      var again = PendingLogin.begin("/", "/");
      assertThatThrownBy(() -> provider.finish(again, "http://here/login/oidc/callback", "code"))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("not valid");
    }
  }

  @Test
  void browserKeepsItsLogin() {
    var login = PendingLogin.begin("/models/ü?a=b;c", "/");
    assertThat(login.cookie()).matches("[A-Za-z0-9_.-]+");
    assertThat(PendingLogin.of(login.cookie(), login.state())).contains(login);
    assertThat(PendingLogin.of(login.cookie(), "another")).isEmpty();
    assertThat(PendingLogin.of("", "")).isEmpty();
    assertThat(PendingLogin.of("...", "")).isEmpty();
    assertThat(PendingLogin.of("s.n.v.%", "s")).isEmpty();
    assertThat(PendingLogin.begin("/" + "x".repeat(4000), "/").next()).isEqualTo("/");
  }
}
