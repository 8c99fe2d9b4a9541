package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Directory listings are those of `dvc`, byte for byte.
final class DirectoryListingTest {
  private static final Hash A = new Hash("60b725f10c9c85c70d97880dfe8191b3");
  private static final Hash B = new Hash("3b5d5c3712955042212316173ccf37be");

  @Test
  void twoFilesHaveTheKnownHash() {
    var listing = DirectoryListing.of(Map.of("sub/b", B, "a", A));
    assertThat(listing.hash().value()).isEqualTo("8b3662b0d460701f7734cdf533c5aa85.dir");
  }

  @Test
  void anEmptyDirectoryHasTheKnownHash() {
    assertThat(DirectoryListing.of(Map.of()).hash().value())
        .isEqualTo("d751713988987e9331980363e24189ce.dir");
  }

  @Test
  void aListingOfDvcIsReadAndWrittenUnchanged() throws IOException {
    var bytes = Files.readAllBytes(Golden.file("names-dvc-3.67.1.dir"));
    var listing = DirectoryListing.parse(bytes, "golden");
    assertThat(listing.files())
        .hasSize(13)
        .containsKeys("back\\slash", "new\nline", "\ud83d\ude00");
    var written = new ByteArrayOutputStream();
    listing.write(written);
    assertThat(written.toString(StandardCharsets.US_ASCII))
        .isEqualTo(new String(bytes, StandardCharsets.US_ASCII));
  }

  @Test
  void namesAreInCodePointOrder() {
    var listing = DirectoryListing.of(Map.of("\ud83d\ude00", A, "\uffee", A, "a/b", A, "a.b", A));
    assertThat(listing.files().keySet()).containsExactly("a.b", "a/b", "\uffee", "\ud83d\ude00");
  }

  @Test
  void aListingThatLeavesItsDirectoryIsRefused() {
    var json = "[{\"md5\": \"%s\", \"relpath\": \"../x\"}]".formatted(A);
    assertThatThrownBy(
            () -> DirectoryListing.parse(json.getBytes(StandardCharsets.UTF_8), "remote object"))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("../x");
  }

  @Test
  void aPlainListingIsReadAsJsonOfAnyShapeIs() throws IOException {
    var files = Map.of("a", new Hash(A.value()), "sub/b c", B, "x", A);
    var plain = new ByteArrayOutputStream();
    DirectoryListing.of(files).write(plain);
    var spaced = plain.toString(StandardCharsets.US_ASCII).replace("}, ", "},\n  ");
    assertThat(PlainListing.read(plain.toByteArray())).hasValue(files);
    assertThat(PlainListing.read(spaced.getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(DirectoryListing.parse(spaced.getBytes(StandardCharsets.US_ASCII), "spaced").files())
        .isEqualTo(DirectoryListing.parse(plain.toByteArray(), "plain").files());
  }
}
