package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data that DVC 2 recorded stays as it is until it changes.
final class LegacyDataTest {
  /// MD5 of `a\nb\n`, which is what DVC 2 makes of `a\r\nb\r\n`.
  private static final String TEXT = "dd8c6a395b5dd36c56d23275028f526c";

  private static final byte[] LINES = "a\r\nb\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Path root;
  private Path cache;

  @BeforeEach
  void aRepositoryOfDvc2() throws IOException {
    root = Files.createDirectories(folder.resolve("repo"));
    cache = root.resolve(".dvc/cache");
    Repository.init(root);
    Files.write(root.resolve("text"), LINES);
    Files.writeString(
        root.resolve("text.dvc"), "outs:\n- md5: %s\n  size: 6\n  path: text\n".formatted(TEXT));
    object(TEXT, LINES);
  }

  private void object(String hash, byte[] bytes) throws IOException {
    var object = cache.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    Files.createDirectories(object.getParent());
    Files.write(object, bytes);
  }

  private DataStore data() throws IOException {
    return new DataStore(Pipeline.open(root));
  }

  private String directory() throws IOException {
    Files.createDirectories(root.resolve("d/sub"));
    Files.write(root.resolve("d/text"), LINES);
    Files.write(root.resolve("d/sub/binary"), new byte[] {0, '\r', '\n'});
    var listing =
        "[{\"md5\": \"%s\", \"relpath\": \"sub/binary\"}, {\"md5\": \"%s\", \"relpath\": \"text\"}]"
            .formatted(Md5.of(root.resolve("d/sub/binary")), TEXT)
            .getBytes(StandardCharsets.US_ASCII);
    object(Md5.of(root.resolve("d/sub/binary")), new byte[] {0, '\r', '\n'});
    object(Md5.of(listing) + ".dir", listing);
    Files.writeString(
        root.resolve("d.dvc"),
        "outs:\n- md5: %s.dir\n  size: 9\n  nfiles: 2\n  path: d\n".formatted(Md5.of(listing)));
    return Md5.of(listing) + ".dir";
  }

  private void assertClean() throws IOException {
    assertThat(Pipeline.open(root).status(List.of())).isEmpty();
  }

  @Test
  void unchangedDataIsClean() throws IOException {
    directory();
    assertClean();
    assertClean(); // now from what was remembered
  }

  @Test
  void dataComesBackFromWhereDvc2KeptIt() throws IOException {
    directory();
    Files.delete(root.resolve("text"));
    Trees.remove(root.resolve("d"));
    assertThat(data().checkout(List.of(), false)).hasSize(2);
    assertThat(root.resolve("text")).hasBinaryContent(LINES);
    assertThat(root.resolve("d/text")).hasBinaryContent(LINES);
    assertClean();
  }

  @Test
  void addingUnchangedDataLeavesItsRecord() throws IOException {
    directory();
    var before = Files.readString(root.resolve("text.dvc"));
    var directoryBefore = Files.readString(root.resolve("d.dvc"));
    data().add(List.of(root.resolve("text"), root.resolve("d"), root.resolve("d/text")));
    assertThat(root.resolve("text.dvc")).hasContent(before);
    assertThat(root.resolve("d.dvc")).hasContent(directoryBefore);
    assertThat(cache.resolve("files")).doesNotExist();
  }

  @Test
  void changedDataIsRecordedAsDvc3Does() throws IOException {
    Files.writeString(root.resolve("text"), "changed\r\n");
    assertThat(Pipeline.open(root).status(List.of())).hasSize(1);
    data().add(List.of(root.resolve("text")));
    var md5 = Md5.of(root.resolve("text"));
    assertThat(root.resolve("text.dvc"))
        .hasContent("outs:\n- md5: %s\n  size: 9\n  path: text\n  hash: md5\n".formatted(md5));
    assertThat(cache.resolve("files/md5")).isDirectoryRecursivelyContaining("glob:**");
    assertClean();
  }

  @Test
  void aFileThatComesToADirectoryMakesAllOfItDvc3s() throws IOException {
    directory();
    Files.writeString(root.resolve("d/new"), "new\n");
    data().add(List.of(root.resolve("d/new")));
    assertThat(root.resolve("d.dvc")).content().contains("hash: md5", "nfiles: 3");
    assertThat(cache.resolve("files/md5").resolve(folded(Md5.of(LINES)))).exists();
    assertClean();
  }

  private static String folded(String hash) {
    return hash.substring(0, 2) + "/" + hash.substring(2);
  }

  @Test
  void aDamagedObjectIsDropped() throws IOException {
    Files.writeString(cache.resolve(folded(TEXT)), "damaged");
    assertThat(Pipeline.open(root).status(List.of())).hasSize(1);
    assertThat(cache.resolve(folded(TEXT))).doesNotExist();
  }

  @Test
  void aStageThatDvc2RanIsNotRunAgain() throws IOException {
    var stage =
        """
        stages:
          copy:
            cmd: cp text out
            deps: [text]
            outs: [out]
        """;
    var entry =
        """
        schema: '2.0'
        stages:
          copy:
            cmd: cp text out
            deps:
            - path: text
              md5: %1$s
              size: 6
            outs:
            - path: out
              md5: %1$s
              size: 6
        """
            .formatted(TEXT);
    Files.writeString(root.resolve("dvc.yaml"), stage);
    Files.writeString(root.resolve("dvc.lock"), entry);
    Files.write(root.resolve("out"), LINES);
    assertClean();
    var options = ReproOptions.DEFAULT;
    Pipeline.open(root).reproduce(options, new ReproListener() {});
    assertThat(root.resolve("dvc.lock")).hasContent(entry);

    Files.writeString(root.resolve("dvc.yaml"), stage.replace("cp text", "cp -f text"));
    Pipeline.open(root).reproduce(options, new ReproListener() {});
    assertThat(root.resolve("dvc.lock")).hasContent(entry.replace("cp text", "cp -f text"));
  }

  @Test
  void textIsHashedAsIfItsLinesEndedWithLf() {
    assertThat(hash(LINES)).isEqualTo(TEXT);
    assertThat(hash("a\rb\r".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(Md5.of("a\rb\r".getBytes(StandardCharsets.US_ASCII)));
    assertThat(hash(new byte[0])).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void binariesAreHashedAsTheyAre() {
    var zero = new byte[] {'a', 0, '\r', '\n'};
    assertThat(hash(zero)).isEqualTo(Md5.of(zero));
    var others = "éééé\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(hash(others)).isEqualTo(Md5.of(others));
  }

  /// What the first 512 bytes say counts for a whole MiB, and for no other one.
  @Test
  void eachMibIsJudgedByItself() {
    var bytes = new byte[(2 << 20) + 2];
    Arrays.fill(bytes, (byte) 'x');
    bytes[600] = 0;
    bytes[700] = '\r';
    bytes[701] = '\n';
    bytes[(1 << 20) - 1] = '\r'; // the line end lies across two of them
    bytes[1 << 20] = '\n';
    bytes[(1 << 20) + 1] = 0;
    bytes[2 << 20] = '\r';
    bytes[(2 << 20) + 1] = '\n';
    var converted = new byte[bytes.length - 2];
    System.arraycopy(bytes, 0, converted, 0, 700);
    System.arraycopy(bytes, 701, converted, 700, (2 << 20) - 701);
    converted[converted.length - 1] = '\n';
    assertThat(hash(bytes)).isEqualTo(Md5.of(converted));
  }

  private static String hash(byte[] bytes) {
    var digest = new Dos2UnixMd5();
    for (int at = 0; at < bytes.length; at += 4099) {
      digest.update(bytes, at, Math.min(4099, bytes.length - at));
    }
    return Hash.ofFile(digest.digest()).value();
  }
}
