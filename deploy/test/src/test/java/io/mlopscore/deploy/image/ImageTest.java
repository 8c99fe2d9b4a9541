package io.mlopscore.deploy.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What an image for the services must be; `-Dimage` names its archive.
@Tag("image")
final class ImageTest {
  /// Bytes; what was measured (docs/benchmarks.md), and a little room.
  private static final long MOST_BEYOND_NATIVES = 72_000_000;

  private static final Instant DATE =
      Instant.ofEpochSecond(Long.parseLong(System.getenv("SOURCE_DATE_EPOCH")));

  private static Archive image = new Archive(NullNode.instance, List.of());
  private static final List<TarArchiveEntry> FILES = new ArrayList<>();
  private static final List<String> SECRETS = new ArrayList<>();
  private static long natives;

  @BeforeAll
  static void read() throws IOException {
    image = Archive.read(Path.of(System.getProperty("image")));
    image.visit(ImageTest::look);
  }

  private static void look(int layer, TarArchiveEntry file, byte[] content) {
    FILES.add(file);
    SECRETS.addAll(Secrets.in(file.getName(), content));
    if (file.getName().endsWith("/libonnxruntime.so")) {
      natives = image.layers().get(layer).length;
    }
  }

  private static List<String> names() {
    return FILES.stream().map(TarArchiveEntry::getName).toList();
  }

  @Test
  void itRunsAsANumericUserFromAFolderOfItsOwn() {
    var config = image.config().path("config");
    assertThat(config.path("User").asText()).isEqualTo("65532:65532");
    assertThat(config.path("WorkingDir").asText()).isEqualTo("/data");
    assertThat(config.at("/Entrypoint/0").asText()).isEqualTo("/opt/mlops/runtime/bin/java");
    assertThat(config.path("ExposedPorts").toString()).contains("8000/tcp", "5000/tcp");
  }

  @Test
  void labelsSayWhatItIsAndWhereFrom() {
    var labels = image.config().at("/config/Labels");
    for (var name :
        List.of("title", "description", "licenses", "version", "revision", "source", "created")) {
      assertThat(labels.path("org.opencontainers.image." + name).asText()).as(name).isNotEmpty();
    }
    assertThat(labels.path("org.opencontainers.image.created").asText()).isEqualTo(DATE.toString());
    assertThat(Instant.parse(image.config().path("created").asText())).isEqualTo(DATE);
  }

  @Test
  void thereIsNoShellNoOtherRightsAndNoModel() {
    assertThat(names())
        .noneMatch(name -> name.matches(".*/(sh|bash|dash|busybox|apt|dpkg)"))
        .noneMatch(name -> name.matches(".*(\\.onnx|/MLmodel|/\\.env|/id_rsa|/mlflow\\.db)"));
    assertThat(FILES).noneMatch(file -> (file.getMode() & 06000) != 0);
  }

  @Test
  void theProgramIsNotItsUsersToChange() {
    assertThat(FILES)
        .filteredOn(file -> !file.getName().matches("\\.?/?data/?"))
        .hasSizeGreaterThan(200)
        .allMatch(file -> file.getLongUserId() == 0)
        .allMatch(
            file ->
                file.isSymbolicLink()
                    || (file.getMode() & 02) == 0
                    || file.getName().endsWith("tmp/"));
  }

  /// Nothing needs to be unpacked at the start, so that no folder must hold programs.
  @Test
  void nativeLibrariesAreWhereTheJvmLooksForThem() {
    assertThat(names())
        .filteredOn(name -> name.contains("usr/java/packages/lib/"))
        .anyMatch(name -> name.endsWith("/libonnxruntime.so"))
        .anyMatch(name -> name.endsWith("/libsqlitejdbc.so"));
  }

  @Test
  void ourJarsAndThoseOfOthersAreLayersOfTheirOwn() {
    var layers = new HashSet<Integer>();
    var own = new HashSet<Integer>();
    image.visit(
        (layer, file, content) -> {
          if (file.getName().endsWith(".jar") && file.getName().contains("opt/mlops/lib/")) {
            (file.getName().contains("/mlops-") ? own : layers).add(layer);
          }
        });
    assertThat(own).hasSize(1);
    assertThat(layers).hasSize(1).doesNotContainAnyElementsOf(own);
  }

  @Test
  void noSecretIsInAnyLayer() {
    assertThat(SECRETS).isEmpty();
  }

  @Test
  void noSecretIsInTheHistoryOrTheEnvironment() {
    assertThat(Secrets.in("config", image.config().toString().getBytes(UTF_8))).isEmpty();
    assertThat(StreamSupport.stream(image.config().at("/config/Env").spliterator(), false))
        .noneMatch(variable -> variable.asText().matches("(?i).*(key|password|secret|token).*"));
  }

  @Test
  void itIsAsSmallAsMeasured() {
    var all = image.layers().stream().mapToLong(layer -> layer.length).sum();
    for (var layer : image.layers()) {
      System.out.printf("image:   layer of %.1f MB compressed%n", layer.length / 1e6);
    }
    System.out.printf(
        "image: %.1f MB compressed, %.1f MB of it native libraries%n", all / 1e6, natives / 1e6);
    assertThat(natives).isPositive();
    assertThat(all - natives).isLessThan(MOST_BEYOND_NATIVES);
  }
}
