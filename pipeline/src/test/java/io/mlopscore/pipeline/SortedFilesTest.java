package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.yaml.JsonText;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The same as a tree of the same files.
final class SortedFilesTest {
  private static final String[] NAMES = {
    "a", "b", "a.b", "a/b", "é", "\ud83d\ude00", "\uffee", "0"
  };

  private final Random random = new Random(1);

  @Test
  void itIsWhatATreeIs() {
    for (int round = 0; round < 200; round++) {
      var tree = tree(random.nextInt(40));
      var sorted = SortedFiles.of(tree);

      assertThat(sorted).isEqualTo(tree).hasSameHashCodeAs(tree);
      assertThat(sorted.entrySet()).containsExactlyElementsOf(tree.entrySet());
      assertThat(tree.keySet()).allMatch(sorted::containsKey);
      assertThat(sorted.get("none")).isNull();
      assertPartsAreTheSame(sorted, tree, path(), path());
    }
  }

  private static void assertPartsAreTheSame(
      SortedFiles sorted, SortedMap<String, Hash> tree, String one, String other) {
    boolean ordered = JsonText.BY_CODE_POINT.compare(one, other) <= 0;
    var first = ordered ? one : other;
    var end = ordered ? other : one;
    assertThat(sorted.headMap(end)).isEqualTo(tree.headMap(end));
    assertThat(sorted.tailMap(first)).isEqualTo(tree.tailMap(first));
    var part = sorted.subMap(first, end);
    assertThat(part).isEqualTo(tree.subMap(first, end));
    assertThat(part.as(true)).hasSameSizeAs(part);
    if (!part.isEmpty()) {
      assertThat(part.firstKey()).isEqualTo(tree.subMap(first, end).firstKey());
      assertThat(part.lastKey()).isEqualTo(tree.subMap(first, end).lastKey());
    }
  }

  @Test
  void nobodyChangesIt() {
    var files = SortedFiles.of(Map.of("a", hash()));

    assertThatThrownBy(() -> files.put("b", hash()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> files.entrySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(SortedFiles.of(files)).isSameAs(files);
  }

  @Test
  void nothingHasNoEnds() {
    var nothing = SortedFiles.of(Map.of());

    assertThat(nothing).isEmpty();
    assertThatThrownBy(nothing::firstKey).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(nothing.entrySet().iterator()::next)
        .isInstanceOf(NoSuchElementException.class);
  }

  private SortedMap<String, Hash> tree(int size) {
    var tree = new TreeMap<String, Hash>(JsonText.BY_CODE_POINT);
    for (int i = 0; i < size; i++) {
      tree.put(path(), hash());
    }
    return tree;
  }

  private String path() {
    return NAMES[random.nextInt(NAMES.length)] + NAMES[random.nextInt(NAMES.length)];
  }

  private Hash hash() {
    return new Hash(random.nextLong(), random.nextLong(), false, false);
  }
}
