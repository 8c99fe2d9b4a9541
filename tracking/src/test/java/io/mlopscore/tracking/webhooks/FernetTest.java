package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.TrackingException;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// Secrets as MLflow keeps them.
final class FernetTest {
  private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

  private static Fernet fernet(String key) {
    return Fernet.of(key, new SecureRandom(), Clock.systemUTC());
  }

  /// From https://github.com/fernet/spec/blob/master/generate.json.
  @Test
  void textOfTheSpecificationIsRead() {
    var token =
        "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64"
            + "jVmpU4IwqDA==";
    assertThat(fernet(KEY).decrypt(token)).isEqualTo("hello");
  }

  @Test
  void secretSurvivesAndLooksDifferentEachTime() {
    var fernet = fernet(KEY);
    var token = fernet.encrypt("größer");
    assertThat(token).isNotEqualTo(fernet.encrypt("größer"));
    assertThat(fernet(KEY).decrypt(token)).isEqualTo("größer");
  }

  @Test
  void otherKeyOrAChangedTextIsRefusedWithWhatToDo() {
    var other = Fernet.withFreshKey(new SecureRandom(), Clock.systemUTC()).encrypt("x");
    for (var token : new String[] {other, "", "nonsense", "gAAAAA=="}) {
      assertThatThrownBy(() -> fernet(KEY).decrypt(token))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY");
    }
  }

  @Test
  void keyThatIsNoneIsRefusedByName() {
    for (var key : new String[] {"short", "a b", "AAAA"}) {
      assertThatThrownBy(() -> fernet(key))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY");
    }
  }
}
