package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions of a file become one.
final class FileMergeTest {
  private static final String BASE =
      """
      schema: '2.0'
      stages:
        a:
          cmd: one
          outs:
          - path: a
            hash: md5
            md5: d41d8cd98f00b204e9800998ecf8427e
        b:
          cmd: two
      """;

  @TempDir private Path folder;
  private ContentCache cache;

  @BeforeEach
  void makeCache() {
    cache = new ContentCache(folder);
  }

  private FileMerge.Merged merge(String base, String ours, String theirs) throws IOException {
    return new FileMerge(cache).merge(base, ours, theirs);
  }

  @Test
  void stagesThatOneSideChangedAreTaken() throws IOException {
    var ours = BASE.replace("cmd: one", "cmd: uno") + "  # mine\n";
    var theirs = BASE.replace("cmd: two", "cmd: due") + "  c:\n    cmd: three\n";
    var merged = merge(BASE, ours, theirs);
    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.text()).contains("cmd: uno", "cmd: due", "  c:\n    cmd: three\n");
  }

  @Test
  void sameChangeOnBothSidesIsNoContradiction() throws IOException {
    var both = BASE.replace("cmd: one", "cmd: uno");
    assertThat(merge(BASE, both, both)).isEqualTo(new FileMerge.Merged(both, java.util.List.of()));
  }

  @Test
  void stageThatOneSideRemovedGoes() throws IOException {
    var theirs = BASE.substring(0, BASE.indexOf("  b:"));
    assertThat(merge(BASE, BASE, theirs).text()).isEqualTo(theirs);
    assertThat(merge(BASE, theirs, BASE).text()).isEqualTo(theirs);
  }

  @Test
  void contradictionIsMarkedByStage() throws IOException {
    var ours = BASE.replace("cmd: one", "cmd: uno").replace("cmd: two", "cmd: due");
    var theirs = BASE.replace("cmd: one", "cmd: eins");
    var merged = merge(BASE, ours, theirs);
    assertThat(merged.conflicts()).containsExactly("stage a");
    assertThat(merged.text())
        .isEqualTo(
            """
            schema: '2.0'
            stages:
            <<<<<<< ours
              a:
                cmd: uno
                outs:
                - path: a
                  hash: md5
                  md5: d41d8cd98f00b204e9800998ecf8427e
            =======
              a:
                cmd: eins
                outs:
                - path: a
                  hash: md5
                  md5: d41d8cd98f00b204e9800998ecf8427e
            >>>>>>> theirs
              b:
                cmd: due
            """);
  }

  @Test
  void stageRemovedHereAndChangedThereIsMarked() throws IOException {
    var ours = BASE.substring(0, BASE.indexOf("  b:"));
    var merged = merge(BASE, ours, BASE.replace("cmd: two", "cmd: due"));
    assertThat(merged.conflicts()).containsExactly("stage b");
    assertThat(merged.text())
        .endsWith("<<<<<<< ours\n=======\n  b:\n    cmd: due\n>>>>>>> theirs\n");
  }

  private String directory(Map<String, String> files) throws IOException {
    var hashes = new java.util.HashMap<String, Hash>();
    for (var file : files.entrySet()) {
      var source = Files.writeString(folder.resolve("source"), file.getValue());
      var hash = new Hash(Md5.of(source));
      cache.add(source, hash, _ -> true);
      hashes.put(file.getKey(), hash);
    }
    var hash = cache.add(DirectoryListing.of(hashes));
    return "outs:\n- md5: %s\n  size: %d\n  nfiles: %d\n  hash: md5\n  path: d\n"
        .formatted(
            hash.value(), files.values().stream().mapToInt(String::length).sum(), files.size());
  }

  @Test
  void directoriesThatBothSidesAddedToAreUnited() throws IOException {
    var merged =
        merge(
            directory(Map.of("a", "1", "old", "x")),
            "# mine\n" + directory(Map.of("a", "1", "b", "22")),
            directory(Map.of("a", "1", "old", "x", "c", "333")));
    assertThat(merged.conflicts()).isEmpty();
    assertThat(merged.text())
        .isEqualTo("# mine\n" + directory(Map.of("a", "1", "b", "22", "c", "333")));
  }

  @Test
  void fileChangedOnBothSidesIsAContradiction() throws IOException {
    var merged =
        merge(
            directory(Map.of("a", "1")), directory(Map.of("a", "2")), directory(Map.of("a", "3")));
    assertThat(merged.conflicts()).isNotEmpty().contains("file a");
    assertThat(merged.text()).startsWith("<<<<<<< ours\nouts:\n").endsWith(">>>>>>> theirs\n");
  }

  @Test
  void descriptionAndContentChangeIndependently() throws IOException {
    var base = "outs:\n- md5: aaaa\n  hash: md5\n  path: x\n";
    var merged = merge(base, base.replace("aaaa", "bbbb"), base + "desc: told\n");
    assertThat(merged.text()).isEqualTo("outs:\n- md5: bbbb\n  hash: md5\n  path: x\ndesc: told\n");
  }
}
