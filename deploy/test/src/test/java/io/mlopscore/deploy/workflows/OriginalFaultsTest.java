package io.mlopscore.deploy.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the original's workflow and Dockerfile did wrong is done by none of ours. What they must be
/// beyond that is in [WorkflowPolicyTest] and in `deploy/test/image`.
final class OriginalFaultsTest {
  private static final Path ROOT = Path.of("../..");

  private static List<String> workflows() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
      var texts = files.map(OriginalFaultsTest::text).toList();
      assertThat(texts).hasSizeGreaterThan(3);
      return texts;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A job knows its own status only, which was told as that of all.
  @Test
  void noJobTellsTheStatusOfAll() throws IOException {
    assertThat(workflows()).noneMatch(text -> text.contains("job.status"));
  }

  /// Pull requests of strangers have no secrets: what needs one failed for them.
  @Test
  void pullRequestsPushNoImageAndNoCache() throws IOException {
    assertThat(workflows())
        .noneMatch(text -> text.contains("cache-to"))
        .filteredOn(text -> text.contains("pull_request:"))
        .isNotEmpty()
        .noneMatch(text -> text.contains("docker login") || text.contains("packages: write"));
  }

  @Test
  void whatTheOriginalsWorkflowLackedIsThere() throws IOException {
    var all = String.join("\n", workflows());
    assertThat(all)
        .contains("sbom", "attest-build-provenance", "codeql-action/analyze", "terraform/plan");
  }

  /// A layer that changes the owner of another holds it once more; a tool for the health check is a
  /// tool for whoever breaks in.
  @Test
  void theImageOwnsItsFilesFromTheStartAndHasNoTools() throws IOException {
    assertThat(Files.readString(ROOT.resolve("Dockerfile")))
        .doesNotContain("chown -R", "curl", "wget")
        .contains("HEALTHCHECK", "\"health\"");
  }
}
