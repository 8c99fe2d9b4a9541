package io.mlopscore.pipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fast reader sees in a text what the whole parser sees, or says nothing.
final class PlainDocumentTest {
  private static final String LOCK =
      """
      schema: '2.0'
      stages:
        train@a:
          cmd:
          - python train.py --lr 0.1
          - date
          deps:
          - path: data/é.csv
            hash: md5
            md5: 1e10a2d3a2d3a2d3a2d3a2d3a2d3a2d3
            size: 6
          params:
            params.yaml:
              lr: 1e-07
              nested:
                deep: .inf
              nothing:
          outs:
          - path: 'model bin'
            size: 12345678901234567890
        '1':
          cmd: echo a:b http://x ${y}
          frozen: true

      # a remark
      list:
      - a
      -   b: 1
          c: 2020-01-02
      """;

  private static final List<String> PARTS =
      List.of(
          "a", ":", " ", "\n", "  ", "- ", "'", "\"", "#", "[", "]", "{", ",", "|", ">", "&x", "*x",
          "1", "null", "~", "? ", "<<", "!", "%", "\t", "\\", "---\n", "...", "é", "=", "\r\n");

  @Test
  void aLockFileIsReadWhole() {
    assertThat(PlainDocument.read(LOCK)).contains((Value.Mapping) YamlReader.parse(LOCK, "lock"));
  }

  @Test
  void whatIsNotPlainIsLeftToTheParser() {
    for (var text :
        List.of(
            "a: {b: 1}\n",
            "a: |\n  b\n",
            "a: &x 1\n",
            "a: b\n  c\n",
            "a: 'it''s'\n",
            "a: 1\na: 2\n",
            "a: b # c\n",
            "- a\n",
            "",
            "<<: 1\n")) {
      assertThat(PlainDocument.read(text)).as(text).isEmpty();
    }
  }

  @Test
  void neverSeesWhatTheParserDoesNot() {
    var random = new Random(4);
    int read = 0;
    for (int i = 0; i < 100_000; i++) {
      var text = changed(random);
      var plain = PlainDocument.read(text);
      if (plain.isPresent()) {
        read++;
        assertThat(plain.map(Value.class::cast)).as(text).isEqualTo(parsed(text));
      }
    }
    assertThat(read).isGreaterThan(10_000);
  }

  private static Optional<Value> parsed(String text) {
    try {
      return Optional.of(YamlReader.parse(text, "text"));
    } catch (YamlException _) {
      return Optional.empty();
    }
  }

  /// A piece of the file with a few random changes.
  private static String changed(Random random) {
    var lines = LOCK.lines().toList();
    int from = random.nextInt(lines.size());
    var text = new StringBuilder();
    for (var line : lines.subList(from, Math.min(lines.size(), from + 1 + random.nextInt(6)))) {
      text.append(random.nextInt(4) == 0 ? line.strip() : line).append('\n');
    }
    for (int change = random.nextInt(3); change > 0 && !text.isEmpty(); change--) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.insert(at, PARTS.get(random.nextInt(PARTS.size())));
      } else {
        text.deleteCharAt(at);
      }
    }
    return text.toString();
  }
}
