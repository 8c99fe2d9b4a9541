package io.mlopscore.tracking.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Hashes that werkzeug 3 made, and ours.
final class PasswordHashTest {
  @Test
  void hashesOfWerkzeugMatch() {
    assertThat(
            PasswordHash.matches(
                "a-good-password",
                "scrypt:32768:8:1$N1YdXx2HHHAoN4N6$5e2f85c2efd7adee5d2ae75d3ea03d83876078aa661010b05"
                    + "10da432bbccd4b58f21716baf761da7fbcdb5192f34216da2162f5e9980014975cf922db4e4705e"))
        .isTrue();
    assertThat(PasswordHash.matches("pässword-of-ada", PBKDF2)).isTrue();
    assertThat(PasswordHash.matches("another", PBKDF2)).isFalse();
  }

  private static final String PBKDF2 =
      "pbkdf2:sha256:1000$IOsXaZQETsczTJ3H$5392e21725e74b6262f5b81675d7d02b497c5637c0e13868a521f7f21d4125ea";

  @Test
  void hashesOfOursMatchOnlyTheirPassword() {
    var hash = PasswordHash.of("correct horse battery");
    assertThat(hash).startsWith("scrypt:32768:8:1$").hasSizeLessThan(255);
    assertThat(PasswordHash.matches("correct horse battery", hash)).isTrue();
    assertThat(PasswordHash.matches("Correct horse battery", hash)).isFalse();
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    for (var hash :
        new String[] {
          "",
          "!",
          "plain",
          "scrypt:3:8:1$a$00",
          "scrypt:2000000000:8:1$a$00",
          "md5$a$00",
          "pbkdf2:sha256:x$a$00",
          "pbkdf2:sha256:1000$$00",
          "scrypt:32768:8:1$a$zz"
        }) {
      assertThat(PasswordHash.matches("", hash)).as(hash).isFalse();
    }
  }
}
