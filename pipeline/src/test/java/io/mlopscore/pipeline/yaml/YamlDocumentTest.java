package io.mlopscore.pipeline.yaml;

import static io.mlopscore.pipeline.yaml.YamlDocument.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {
  private static final String STAGES =
      """
      # head é 😀
      vars: &v   # anchor
        - {a: 1}

      stages:
          one:   # first
              cmd: "x"   # quoted
              deps:
                  - b  # two
                  - a
              # end of one

          two: {cmd: y, outs: [o, p,],}

          # before three
          three:
              cmd: |
                  echo
                  done


      # tail
      """;

  private static YamlDocument document(String text) {
    return new YamlDocument("dvc.yaml", text);
  }

  private static Value yaml(String text) {
    return YamlReader.read(text, "test");
  }

  @Test
  void newKeysFollowTheIndentationOfTheRest() {
    var text =
        document(STAGES)
            .set(path("stages", "four"), yaml("{cmd: z, deps: [a, b]}"))
            .set(path("stages", "one", "frozen"), new Bool(true))
            .text();
    var four = "    four:\n        cmd: z\n        deps:\n            - a\n            - b\n";
    assertThat(text)
        .isEqualTo(
            STAGES
                .replace("        # end of one\n", "        # end of one\n        frozen: true\n")
                .replace("            done\n", "            done\n" + four));
  }

  @Test
  void bracketsStayBrackets() {
    var two = document(STAGES).set(path("stages", "two", "meta"), yaml("{k: ['a,b', 1]}"));
    assertThat(two.text())
        .contains("two: {cmd: y, outs: [o, p,], meta: {k: ['a,b', 1]},}\n\n    # before three");
    assertThat(two.append(path("stages", "two", "outs"), Value.of("q")).text())
        .contains("outs: [o, p, q,]");
    assertThat(two.remove(path("stages", "two", "outs", 0)).text()).contains("outs: [p,]");
    assertThat(two.remove(path("stages", "two", "outs")).text()).contains("{cmd: y, meta:");
    assertThat(document("a: []\nb: {}\n").append(path("a"), yaml("x")).text())
        .isEqualTo("a:\n- x\nb: {}\n");
  }

  @Test
  void removingTakesTheCommentsInsideAndOneBlankLine() {
    var text = document(STAGES).remove(path("stages", "one")).text();
    assertThat(text).contains("stages:\n\n    two: {cmd").doesNotContain("end of one");
    assertThat(document(STAGES).remove(path("stages", "two")).text())
        .contains("# end of one\n\n    # before three\n");
    assertThat(document(STAGES).remove(path("stages", "three")).text())
        .contains("    # before three\n\n\n# tail\n");
    assertThat(document("s:\n  a: 1\nt: 2\n").remove(path("s", "a")).text())
        .isEqualTo("s: {}\nt: 2\n");
    assertThat(document("s:\n- a: 1\n  b: 2\n- c\n").remove(path("s", 0, "a")).text())
        .isEqualTo("s:\n- b: 2\n- c\n");
    assertThat(document("s:\n- a: 1\n  b: 2\n- c\n").remove(path("s", 0)).text())
        .isEqualTo("s:\n- c\n");
  }

  @Test
  void replacedScalarsKeepTheirComments() {
    var text = document(STAGES).set(path("stages", "one", "cmd"), Value.of("a: b")).text();
    assertThat(text).isEqualTo(STAGES.replace("cmd: \"x\"   #", "cmd: 'a: b'   #"));
    assertThat(document("a:\nb: 1\n").set(path("a"), yaml("{x: 1}")).text())
        .isEqualTo("a:\n  x: 1\nb: 1\n");
    assertThat(document("a: # why\nb: 1\n").set(path("a"), yaml("v")).text())
        .isEqualTo("a: v # why\nb: 1\n");
    assertThat(document("a: 1 # why\nb: 1\n").set(path("a"), yaml("[v]")).text())
        .isEqualTo("a: # why\n- v\nb: 1\n");
    assertThat(document("a:\n  - x\n  - y\nb: 1\n").set(path("a"), yaml("v")).text())
        .isEqualTo("a: v\nb: 1\n");
    assertThat(document("a:\n  - x\n  - y\nb: 1\n").set(path("a", 1), yaml("v")).text())
        .isEqualTo("a:\n  - x\n  - v\nb: 1\n");
  }

  @Test
  void lineEndsStayAsTheyAre() {
    var windows = document("s:\r\n  a:\r\n    cmd: x\r\n").set(path("s", "b"), yaml("{cmd: y}"));
    assertThat(windows.text()).isEqualTo("s:\r\n  a:\r\n    cmd: x\r\n  b:\r\n    cmd: y\r\n");
    assertThat(windows.remove(path("s", "a")).text()).isEqualTo("s:\r\n  b:\r\n    cmd: y\r\n");
    assertThat(document("s:\n  a: 1").set(path("s", "b"), yaml("2")).text())
        .isEqualTo("s:\n  a: 1\n  b: 2");
    assertThat(document("s: |+\n  text\n\n").set(path("b"), yaml("2")).text())
        .isEqualTo("s: |+\n  text\n\nb: 2\n");
  }

  @Test
  void emptyDocumentsAndAbsentParentsAreMade() {
    assertThat(document("").set(path("stages", "a", "cmd"), yaml("x")).text())
        .isEqualTo("stages:\n  a:\n    cmd: x\n");
    assertThat(document("# only a comment\n").set(path("a"), yaml("1")).text())
        .isEqualTo("# only a comment\na: 1\n");
    assertThat(document("stages: {}\n").set(path("stages", "a"), yaml("{cmd: x}")).text())
        .isEqualTo("stages:\n  a:\n    cmd: x\n");
  }

  @Test
  void updatingKeepsWhatIsEqual() {
    var old = document("outs:\n- md5: 'a1'  # hash\n  size: 1\n  path: x # name\nmeta: {k: v}\n");
    var wanted = yaml("{outs: [{md5: b2, size: 2, path: x}], meta: {k: v}}");
    assertThat(old.update(path(), wanted).text())
        .isEqualTo("outs:\n- md5: b2  # hash\n  size: 2\n  path: x # name\nmeta: {k: v}\n");
    assertThat(document("d:\n- a # 1\n- b # 2\n- c # 3\n").update(path("d"), yaml("[a, c]")).text())
        .isEqualTo("d:\n- a # 1\n- c # 3\n");
    assertThat(document("d:\n- a # 1\n").update(path("d"), yaml("[a, {c: [1]}]")).text())
        .isEqualTo("d:\n- a # 1\n- c:\n  - 1\n");
    assertThat(document("d: 1\ne: 2 # c\n").update(path(), yaml("{e: 2}")).text())
        .isEqualTo("e: 2 # c\n");
  }

  @Test
  void itemsOfALongListAreKnownAgainByAKey() {
    var document =
        document(
            """
            files: # by name
              # the first
            - name: a # stays
              size: 1
            - {name: b, size: "2"}
            # the third
            - name: c
              size: 3 # bytes
              old: true
              # the end
            # behind
            rest: 1
            """);
    var wanted =
        (Value.Items) yaml("[{name: a, size: 1}, {name: new, size: 9}, {name: c, size: 4}]");
    assertThat(document.updateItems(YamlDocument.path("files"), wanted, "name").text())
        .isEqualTo(
            """
            files: # by name
              # the first
            - name: a # stays
              size: 1
            - name: new
              size: 9
            # the third
            - name: c
              size: 4 # bytes
              # the end
            # behind
            rest: 1
            """);
    assertThat(document.updateItems(YamlDocument.path("files"), new Value.Items(List.of()), "name"))
        .isEqualTo(document.update(YamlDocument.path("files"), new Value.Items(List.of())));
  }

  @Test
  void itemsInBracketsAreChangedInPlace() {
    var document = document("files: [{name: a, size: 1}, {name: b, size: 2}] # both\n");
    var wanted = (Value.Items) yaml("[{name: a, size: 1}, {name: b, size: 3}]");
    assertThat(document.updateItems(YamlDocument.path("files"), wanted, "name").text())
        .isEqualTo("files: [{name: a, size: 1}, {name: b, size: 3}] # both\n");
  }

  @Test
  void whatAliasesNeedIsNotChanged() {
    var shared = document("a: &x\n  cmd: 1\nb:\n  <<: *x\nc: *x\n");
    assertThat(shared.set(path("c"), yaml("2")).text())
        .isEqualTo("a: &x\n  cmd: 1\nb:\n  <<: *x\nc: 2\n");
    assertThat(shared.set(path("b", "cmd"), yaml("2")).text()).contains("  <<: *x\n  cmd: 2\n");
    assertThatThrownBy(() -> shared.remove(path("a"))).hasMessageContaining("by hand");
    assertThatThrownBy(() -> shared.set(path("a", "cmd"), yaml("2")))
        .isInstanceOf(YamlException.class);
    assertThatThrownBy(() -> shared.remove(path("b", "cmd"))).isInstanceOf(YamlException.class);
  }

  @Test
  void everyPlaceOfARandomTextCanBeEdited() {
    var random = new java.util.Random(7);
    for (int round = 0; round < 400; round++) {
      var value = (Mapping) randomValue(random, 3);
      var text = random.nextBoolean() ? YamlWriter.document(value) : YamlWriter.flow(value) + "\n";
      var wanted = (Mapping) randomValue(random, 3);
      var edited = document(text).update(path(), wanted);
      assertThat(YamlWriter.flow(sorted(edited.value())))
          .as(text)
          .isEqualTo(YamlWriter.flow(sorted(wanted)));
    }
  }

  private static Value randomValue(java.util.Random random, int depth) {
    int kind = depth == 3 ? 0 : random.nextInt(depth > 0 ? 5 : 3);
    if (kind == 0 && depth > 0) {
      var mapping = Mapping.EMPTY;
      int size = 1 + random.nextInt(3);
      for (int i = 0; i < size; i++) {
        mapping = mapping.with("k" + random.nextInt(4), randomValue(random, depth - 1));
      }
      return mapping;
    }
    if (kind == 1 && depth > 0) {
      var items = new java.util.ArrayList<Value>();
      int size = random.nextInt(4);
      for (int i = 0; i < size; i++) {
        items.add(randomValue(random, depth - 1));
      }
      return new Value.Items(items);
    }
    var texts =
        java.util.List.of("plain", "a, b", "x: y", "1", "é", "", "- a", "line\nend", "it's");
    return random.nextInt(4) == 0
        ? Value.of(random.nextInt(9))
        : Value.of(texts.get(random.nextInt(texts.size())));
  }

  private static Value sorted(Value value) {
    return switch (value) {
      case Mapping mapping -> {
        var sorted = new java.util.TreeMap<String, Value>();
        mapping.entries().forEach((k, v) -> sorted.put(YamlReader.text(k), sorted(v)));
        var result = Mapping.EMPTY;
        for (var entry : sorted.entrySet()) {
          result = result.with(entry.getKey(), entry.getValue());
        }
        yield result;
      }
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(YamlDocumentTest::sorted).toList());
      case Value other -> other;
    };
  }
}
