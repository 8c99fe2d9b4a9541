package io.mlopscore.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.Golden;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `dvc` wrote is read and written again without a changed byte.
final class YamlWriterTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalars-dvc-3.67.1.lock", "folding-dvc-3.67.1.yaml"})
  void writesWhatDvcWrites(String name) throws IOException {
    var file = Golden.file(name);
    assertThat(YamlWriter.document(YamlReader.mapping(file))).isEqualTo(Files.readString(file));
  }
}
