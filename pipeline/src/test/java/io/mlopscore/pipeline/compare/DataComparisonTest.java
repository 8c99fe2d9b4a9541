package io.mlopscore.pipeline.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.pipeline.DataTree;
import io.mlopscore.pipeline.DataTree.Content;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Output;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.compare.DataComparison.By;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Two states of data are told apart output by output and file by file.
final class DataComparisonTest {
  private static final Hash A = new Hash("a".repeat(32));
  private static final Hash B = new Hash("b".repeat(32));
  private static final Hash OLD = new Hash("c".repeat(32) + ".dir");
  private static final Hash NEW = new Hash("d".repeat(32) + ".dir");

  private static Content file(Hash hash) {
    return new Content(
        output(), Optional.of(new Tracked(hash, 0, 0, false)), Optional.of(new TreeMap<>()));
  }

  private static Content directory(Hash hash, Map<String, Hash> files) {
    return new Content(
        output(), Optional.of(new Tracked(hash, 0, 0, false)), Optional.of(new TreeMap<>(files)));
  }

  private static Content unlisted(Hash hash) {
    return new Content(output(), Optional.of(new Tracked(hash, 0, 0, false)), Optional.empty());
  }

  private static Content neverRan() {
    return new Content(output(), Optional.empty(), Optional.of(new TreeMap<>()));
  }

  private static Output output() {
    return new Output("x", Path.of("/x"), Output.Kind.OUT, true, false, true, Optional.empty());
  }

  private static List<String> changes(
      Map<String, Content> before, Map<String, Content> now, By by, String... paths) {
    var trees = List.of(new DataTree(new TreeMap<>(before)), new DataTree(new TreeMap<>(now)));
    return DataComparison.of(trees.get(0), trees.get(1), by, true, List.of(paths)).stream()
        .map(change -> change.kind() + " " + change.entry().path() + " " + change.shown())
        .toList();
  }

  @Test
  void contentThatAppearsElsewhereWasRenamed() {
    assertThat(changes(Map.of("x", file(A), "y", file(B)), Map.of("z", file(A)), By.ENTRY))
        .containsExactly("RENAMED x z", "DELETED y y");
  }

  @Test
  void aDirectoryThatIsGoneIsShownAsOne() {
    var now = Map.of("d", neverRan());
    assertThat(changes(Map.of("d", directory(OLD, Map.of())), now, By.CONTENT))
        .containsExactly("DELETED d d/");
  }

  @Test
  void eachSourceIsRenamedOnceInTheOrderOfPaths() {
    var before = Map.of("d", directory(OLD, Map.of("a/1", A, "a-b", A)));
    var now = Map.of("d", directory(NEW, Map.of("n", A, "m", A, "o", A)));
    assertThat(changes(before, now, By.CONTENT))
        .containsExactly(
            "MODIFIED d d/", "RENAMED d/a/1 d/m", "RENAMED d/a-b d/n", "ADDED d/o d/o");
  }

  @Test
  void filesOfAListingThatIsNotThereAreUnknown() {
    var now = Map.of("d", directory(NEW, Map.of("s/1", A)));
    assertThat(changes(Map.of("d", unlisted(OLD)), now, By.CONTENT))
        .containsExactly("MODIFIED d d/", "UNKNOWN d/s d/s/", "UNKNOWN d/s/1 d/s/1");
  }

  @Test
  void anOutputThatNeverWasIsNothingByContentAndGoneByEntry() {
    assertThat(changes(Map.of("n", neverRan()), Map.of(), By.CONTENT)).isEmpty();
    assertThat(changes(Map.of("n", neverRan()), Map.of(), By.ENTRY)).containsExactly("DELETED n n");
    assertThat(changes(Map.of("n", neverRan()), Map.of("n", file(A)), By.CONTENT))
        .containsExactly("ADDED n n");
  }

  @Test
  void aFileThatBecameAFolderIsNoChangeOfTheFolder() {
    var before = Map.of("d", directory(OLD, Map.of("a", A)));
    var now = Map.of("d", directory(NEW, Map.of("a/b", B)));
    assertThat(changes(before, now, By.ENTRY))
        .containsExactly("MODIFIED d d/", "ADDED d/a/b d/a/b");
    assertThat(changes(before, now, By.CONTENT))
        .containsExactly("MODIFIED d d/", "ADDED d/a/b d/a/b", "DELETED d/a d/a");
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    var before = Map.of("d", directory(OLD, Map.of("a", A)), "dd", file(A));
    assertThat(changes(before, Map.of(), By.CONTENT, "d/a")).containsExactly("DELETED d/a d/a");
  }
}
