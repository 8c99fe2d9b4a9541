package io.mlopscore.pipeline.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.params.JsonParams;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What `-S` means, as recorded from the real dvc.
class OverridesTest {
  private static final String GOLDEN = "overrides-dvc-3.67.1.json";
  private static final Mapping PARAMS =
      (Mapping) YamlReader.read("lr: 0.001\nn: {k: [1, 2]}\n", "params.yaml");

  @TestFactory
  Stream<DynamicTest> everyOverrideIsReadAsDvcDoes() throws IOException {
    try (var in = OverridesTest.class.getResourceAsStream(GOLDEN)) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return YamlReader.items(JsonParams.read(text, GOLDEN)).values().stream()
          .map(Mapping.class::cast)
          .map(recorded -> DynamicTest.dynamicTest(override(recorded), () -> check(recorded)));
    }
  }

  private static String override(Mapping recorded) {
    return YamlReader.text(recorded.get("override").orElseThrow());
  }

  private static void check(Mapping recorded) {
    var text = override(recorded);
    if (recorded.get("error").isPresent()) {
      assertThatThrownBy(() -> apply(text)).isInstanceOf(PipelineException.class);
    } else if (recorded.get("sweep").isPresent()) {
      var parsed = OverrideParser.parse(text);
      assertThat(parsed.sweep()).isTrue();
      assertThat(parsed.choices().stream().map(value -> parsed.choose(value).text()))
          .containsExactlyElementsOf(texts(recorded.get("sweep").get()));
    } else {
      assertThat(apply(text).same(recorded.get("params").orElseThrow())).as(text).isTrue();
    }
  }

  private static Mapping apply(String text) {
    var parsed = OverrideParser.parse(text);
    var before = parsed.file().equals("params.yaml") ? PARAMS : Mapping.EMPTY;
    return Overrides.apply(before, List.of(parsed));
  }

  private static List<String> texts(Value list) {
    return YamlReader.items(list).values().stream().map(YamlReader::text).toList();
  }

  @Test
  void sweepsAreCombinedTheLastOneFastest() {
    var overrides = Stream.of("a=1,2", "b=x", "c=3,4").map(OverrideParser::parse).toList();
    assertThat(
            Overrides.combinations(overrides).stream()
                .map(one -> one.stream().map(ParamOverride::text).toList()))
        .containsExactly(
            List.of("a=1", "b=x", "c=3"),
            List.of("a=1", "b=x", "c=4"),
            List.of("a=2", "b=x", "c=3"),
            List.of("a=2", "b=x", "c=4"));
  }

  @Test
  void commentsStayInTheirColumn(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("params.yaml"), "# top\nlr: 0.001 # rate\nn: {k: [1, 2]}\n");
    assertThat(changed(folder, "params.yaml", "lr=2"))
        .isEqualTo("# top\nlr: 2     # rate\nn: {k: [1, 2]}\n");
  }

  @Test
  void jsonKeepsItsLayout(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("p.json"), "{\n  \"a\": 1,\n  \"b\": [1, 2]\n}\n");
    assertThat(changed(folder, "p.json", "p.json:a=x"))
        .isEqualTo("{\n  \"a\": \"x\",\n  \"b\": [\n    1,\n    2\n  ]\n}\n");
  }

  private static String changed(Path folder, String file, String override) throws IOException {
    var texts = ParamsEdit.texts(folder, List.of(OverrideParser.parse(override)));
    return texts.getOrDefault(folder.resolve(file), "");
  }
}
