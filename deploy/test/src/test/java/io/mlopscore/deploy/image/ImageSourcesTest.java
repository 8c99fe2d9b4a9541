package io.mlopscore.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The image can be built from a checkout alone, and nothing private reaches the build.
final class ImageSourcesTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern BASE = Pattern.compile("(?m)^ARG (?:JDK|DEBIAN)=(\\S+)$");

  private static Ignored ignored() throws IOException {
    return Ignored.read(ROOT.resolve(".dockerignore"));
  }

  private static List<String> modules() throws IOException {
    var pom = Files.readString(ROOT.resolve("pom.xml"));
    return MODULE.matcher(pom).results().map(match -> match.group(1)).toList();
  }

  @Test
  void everyModuleOfTheBuildIsSentToIt() throws IOException {
    var ignored = ignored();
    assertThat(modules())
        .hasSizeGreaterThan(8)
        .noneMatch(module -> ignored.leavesOut(module + "/pom.xml"));
  }

  @Test
  void everyFileThatTheProductIsBuiltFromIsSentToIt() throws IOException {
    var ignored = ignored();
    for (var module : modules()) {
      var sources = ROOT.resolve(module).resolve("src/main");
      if (Files.exists(sources)) {
        assertThat(files(sources)).isNotEmpty().noneMatch(ignored::leavesOut);
      }
    }
    assertThat(Stream.of("mvnw", ".mvn/jvm.config", "pom.xml", "app/src/dist/bin/mlops"))
        .noneMatch(ignored::leavesOut);
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  @Test
  void theWholeContextIsCopiedSoThatNoSecondListCanLackAModule() throws IOException {
    assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("\nCOPY . .\n");
  }

  @Test
  void nothingPrivateOrBuiltElsewhereIsSentToIt() throws IOException {
    var ignored = ignored();
    assertThat(
            Stream.of(
                ".git/config",
                "app/.env",
                ".env",
                "examples/iris/mlflow.db",
                "deploy/compose/secrets/auth.ini",
                "app/target/classes/A.class",
                "deploy/terraform/environments/prod/terraform.tfvars"))
        .allMatch(ignored::leavesOut);
  }

  /// Digests are better, and stand in for these with `--build-arg`.
  @Test
  void basesNameAVersion() throws IOException {
    var bases = BASE.matcher(Files.readString(ROOT.resolve("Dockerfile")));
    assertThat(bases.results().map(match -> match.group(1)))
        .hasSize(2)
        .allMatch(base -> base.matches(".+:\\d+\\.\\d+.*|.+@sha256:[0-9a-f]{64}"));
  }
}
