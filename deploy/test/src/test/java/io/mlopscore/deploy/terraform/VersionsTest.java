package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One range of versions of the provider everywhere, and one version that everybody gets.
class VersionsTest {
  private static final Path ROOT = Terraform.repository().resolve("deploy/terraform");

  private static List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith(name) && !file.toString().contains(".terraform/"))
          .toList();
    }
  }

  @Test
  void everyFolderAsksForTheSameProvider() throws IOException {
    assertThat(files("versions.tf"))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            file ->
                assertThat(file)
                    .content()
                    .contains("required_version = \">= 1.11\"")
                    .contains("source  = \"hashicorp/google\"")
                    .contains("version = \">= 6.50, < 8\""));
  }

  /// A root without a lock would take whatever is newest on the day.
  @Test
  void everyRootIsLockedToTheVersionThatIsTested() throws IOException {
    var locks = files(".terraform.lock.hcl");
    assertThat(locks)
        .extracting(file -> ROOT.relativize(file.getParent()).toString())
        .containsExactlyInAnyOrder(
            "bootstrap", "environments/dev", "environments/staging", "environments/prod");
    assertThat(locks)
        .allSatisfy(
            file ->
                assertThat(file)
                    .hasSameTextualContentAs(locks.getFirst())
                    .content()
                    .contains("version     = \"6.50.0\"")
                    .contains("constraints = \">= 6.50.0, < 8.0.0\""));
    assertThat(getClass().getResource("/terraform/google-6.50.0.json")).isNotNull();
  }
}
