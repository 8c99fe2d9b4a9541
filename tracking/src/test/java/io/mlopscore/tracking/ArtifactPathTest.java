package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../a",
        "a/../b",
        "a/..",
        "%2e%2e/a",
        "%2E./a",
        "a/%252e%252e/b",
        "%25252525252e./a",
        "..%2fa",
        "..%5ca",
        "/etc/passwd",
        "%2fetc/passwd",
        "//etc/passwd",
        "file:///etc/passwd",
        "a\\b",
        "..\\a",
        "a%5cb",
        "C:/windows",
        "C:\\windows",
        "C%3a/windows",
        "\\\\host\\share",
        "a#b",
        "a%23b",
        "#/../../etc"
      })
  void pathThatCouldLeadOutIsRefused(String path) {
    assertThatThrownBy(() -> ArtifactPath.of(path))
        .isInstanceOf(TrackingException.class)
        .hasMessage("Invalid path");
  }

  @Test
  void plainPathsStayAsTheyAre() {
    assertThat(ArtifactPath.of("a/b c/größe.txt")).isEqualTo("a/b c/größe.txt");
    assertThat(ArtifactPath.of("a..b/...c")).isEqualTo("a..b/...c");
    assertThat(ArtifactPath.of("50%/x%zz")).isEqualTo("50%/x%zz");
    assertThat(ArtifactPath.of("a//./b/")).isEqualTo("a/b");
    assertThat(ArtifactPath.of("")).isEmpty();
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(ArtifactPath.of("a\0b\n\u007f")).isEqualTo("a%00b%0a%7f");
  }

  @Test
  void uriIsTakenApartAtItsLastName() {
    assertThat(ArtifactPath.parent("mlflow-artifacts:/a")).isEqualTo("mlflow-artifacts:/");
    assertThat(ArtifactPath.parent("s3://bucket/a/b")).isEqualTo("s3://bucket/a");
    assertThat(ArtifactPath.parent("/a")).isEqualTo("/");
    assertThat(ArtifactPath.name("file:///a/b%20c")).isEqualTo("b c");
    assertThat(ArtifactPath.name("s3://bucket/a/b%20c")).isEqualTo("b%20c");
  }
}
