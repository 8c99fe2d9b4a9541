package io.mlopscore.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Reads as much of a file as a page shows. Files come from anyone who may log a run: what is shown
/// is text, or a picture that a browser loads without running anything of it.
final class PreviewReading {
  private static final int LARGEST = 512 << 10;
  private static final int MOST_ROWS = 500;
  private static final int MOST_COLUMNS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private PreviewReading() {}

  /// @param href of the file itself
  static Preview of(String path, String href, InputStream file) throws IOException {
    if (FileKind.of(path).picture()) {
      return new Preview.Picture(href);
    }
    var bytes = file.readNBytes(LARGEST + 1);
    var cut = bytes.length > LARGEST;
    try {
      return shown(path, text(bytes, Math.min(bytes.length, LARGEST), cut), cut);
    } catch (CharacterCodingException _) {
      return new Preview.None("This is no text and no picture.");
    }
  }

  /// @throws CharacterCodingException if it is not UTF-8; the last character may be cut
  private static String text(byte[] bytes, int length, boolean cut)
      throws CharacterCodingException {
    for (var i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        throw new CharacterCodingException();
      }
    }
    var decoder = StandardCharsets.UTF_8.newDecoder();
    if (!cut) {
      return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    }
    var whole = new String(bytes, 0, length, StandardCharsets.UTF_8);
    var start = decoder.onMalformedInput(CodingErrorAction.REPORT);
    var _ = start.decode(ByteBuffer.wrap(bytes, 0, boundary(bytes, length)));
    return whole.substring(0, whole.lastIndexOf('\n') + 1);
  }

  /// Where the last whole character ends.
  private static int boundary(byte[] bytes, int length) {
    var end = length;
    while (end > length - 4 && (bytes[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    return end - 1;
  }

  private static Preview shown(String path, String text, boolean cut) {
    var name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return table(Rows.parse(text, name.endsWith(".tsv") ? '\t' : ','), cut);
    }
    return new Preview.Text(name.endsWith(".json") && !cut ? indented(text) : text, cut);
  }

  private static Preview table(List<List<String>> rows, boolean cut) {
    if (rows.isEmpty()) {
      return new Preview.Text("", false);
    }
    var shown = rows.stream().limit(MOST_ROWS + 1L).map(PreviewReading::narrow).toList();
    var wide = rows.stream().anyMatch(row -> row.size() > MOST_COLUMNS);
    return new Preview.Table(
        shown.getFirst(),
        shown.subList(1, shown.size()),
        cut || wide || rows.size() > MOST_ROWS + 1);
  }

  private static List<String> narrow(List<String> row) {
    return row.subList(0, Math.min(row.size(), MOST_COLUMNS));
  }

  /// As it is if it is no JSON after all.
  private static String indented(String text) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
    } catch (JsonProcessingException _) {
      return text;
    }
  }
}
