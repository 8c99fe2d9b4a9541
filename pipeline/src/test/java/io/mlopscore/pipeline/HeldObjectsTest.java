package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the cache was seen to hold is known for as long as its folders stay as they were.
final class HeldObjectsTest {
  /// In one folder, and one in another, whose byte is a negative number.
  private static final Hash FIRST = new Hash("0a000000000000000000000000000002");

  private static final Hash SECOND = new Hash("0a000000000000000000000000000001");
  private static final Hash ELSEWHERE = new Hash("ff000000000000000000000000000001");

  @TempDir private Path folder;
  private ContentCache cache;

  @BeforeEach
  void objects() throws IOException {
    cache = new ContentCache(folder.resolve("cache"));
    for (var hash : List.of(FIRST, SECOND, ELSEWHERE)) {
      Files.createDirectories(cache.object(hash).getParent());
      Files.writeString(cache.object(hash), "any");
    }
    settle();
  }

  /// As if the last object had come long ago.
  private void settle() throws IOException {
    for (var hash : List.of(FIRST, ELSEWHERE)) {
      var longAgo = FileTime.fromMillis(System.currentTimeMillis() - 10_000);
      Files.setLastModifiedTime(cache.object(hash).getParent(), longAgo);
    }
  }

  private HeldObjects open() throws IOException {
    return HeldObjects.open(folder.resolve("own/objects"), cache.folders().states());
  }

  private void remember(Hash... hashes) throws IOException {
    var held = open();
    List.of(hashes).forEach(held::add);
    held.save();
  }

  @Test
  void whatWasSeenIsKnown() throws IOException {
    assertThat(open().has(FIRST)).isFalse();
    remember(FIRST, SECOND, ELSEWHERE);
    var held = open();
    assertThat(List.of(FIRST, SECOND, ELSEWHERE)).allMatch(held::has);
    assertThat(held.has(new Hash("0a000000000000000000000000000003"))).isFalse();
    assertThat(held.has(new Hash("0b000000000000000000000000000001"))).isFalse();
  }

  @Test
  void whatIsLearntLaterIsAddedToWhatIsKnown() throws IOException {
    remember(FIRST);
    remember(SECOND);
    remember(ELSEWHERE);
    var held = open();
    assertThat(List.of(FIRST, SECOND, ELSEWHERE)).allMatch(held::has);
  }

  @Test
  void aFolderThatChangedIsForgotten() throws IOException {
    remember(FIRST, SECOND, ELSEWHERE);
    Files.delete(cache.object(FIRST));
    var held = open();
    assertThat(List.of(FIRST, SECOND)).noneMatch(held::has);
    assertThat(held.has(ELSEWHERE)).isTrue();
  }

  /// Another change at the same moment would not show.
  @Test
  void aFolderThatHasJustChangedIsNotRemembered() throws IOException {
    Files.createFile(cache.object(new Hash("0a000000000000000000000000000009")));
    remember(FIRST, ELSEWHERE);
    settle();
    var held = open();
    assertThat(held.has(FIRST)).isFalse();
  }

  @Test
  void afterAnotherCacheTookItsPlaceNothingIsKnown() throws IOException {
    remember(FIRST, SECOND, ELSEWHERE);
    Files.move(folder.resolve("cache"), folder.resolve("old"));
    objects();
    var held = open();
    assertThat(List.of(FIRST, SECOND, ELSEWHERE)).noneMatch(held::has);
  }
}
