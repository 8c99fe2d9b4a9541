package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The run cache finds what `dvc` stored and stores it under the same names.
final class RunCacheTest {
  private static LockEntry entry(String golden) throws IOException {
    return LockText.read(YamlReader.read(Golden.file(golden)), golden);
  }

  @ParameterizedTest
  @CsvSource({
    "run-6e59f648-dvc-3.67.1.yaml, 6e59f648c8b4a2a07b5c0dcb004b77081f5c872129d03f0c9bfc4ec1362a0fa4, 4f405b29417d90daaea3294058d9a961c9f66a873dcfe25d32edef55b88785f8",
    "run-722a71a5-dvc-3.67.1.yaml, 722a71a581a1c8fa3236d622a4df390eaa73f1ada89aedca761555386e7774b3, 029f028005d782cb7a014b767e7fb557850fe32938a5cf58168a480e6d2b1ac9",
    "run-8d7aa24a-dvc-3.67.1.yaml, 8d7aa24a8fbbc0cd1a6bc74682207c007d969359f3324498ff877c7a80471eba, d8d63f3d1388edd870f79f3b09d2bbd24e222d4ff75b90b67192d4799bad4be8"
  })
  void keyAndValueAreThoseOfDvc(String golden, String key, String value) throws IOException {
    assertThat(RunCache.key(entry(golden))).isEqualTo(key);
    assertThat(RunCache.value(entry(golden))).isEqualTo(value);
  }

  @Test
  void whatWasSavedIsFoundByItsInputs(@TempDir Path cache) throws IOException {
    var runs = new RunCache(cache);
    var entry = entry("run-8d7aa24a-dvc-3.67.1.yaml");
    assertThat(runs.find(entry, path -> Assertions.fail("broken: " + path))).isEmpty();
    runs.save(entry);
    assertThat(runs.find(entry, path -> Assertions.fail("broken: " + path)))
        .isEqualTo(Optional.of(entry));
  }

  @Test
  void aBrokenResultIsToldOfAndDropped(@TempDir Path cache) throws IOException {
    var runs = new RunCache(cache);
    var entry = entry("run-8d7aa24a-dvc-3.67.1.yaml");
    runs.save(entry);
    var key = RunCache.key(entry);
    var file = cache.resolve("runs/8d").resolve(key).resolve(RunCache.value(entry));
    Files.writeString(file, "outs: [");
    var broken = new ArrayList<Path>();
    assertThat(runs.find(entry, broken::add)).isEmpty();
    assertThat(broken).containsExactly(file);
    assertThat(file).doesNotExist();
  }
}
