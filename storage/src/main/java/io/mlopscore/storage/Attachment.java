package io.mlopscore.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// The `Content-Disposition` with which a browser saves a file under its own name, whatever
/// characters that has (https://www.rfc-editor.org/rfc/rfc6266).
public final class Attachment {
  private Attachment() {}

  /// @param path the last part of which is the name
  public static String disposition(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var plain = plain(name);
    var header = "attachment; filename=" + (isToken(plain) ? plain : '"' + escape(plain) + '"');
    return plain.equals(name) ? header : header + "; filename*=UTF-8''" + encode(name);
  }

  private static String plain(String name) {
    var ascii = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("[^ -~]", "");
    return ascii.isEmpty() ? "download" : ascii;
  }

  private static boolean isToken(String name) {
    return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  }

  private static String escape(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
