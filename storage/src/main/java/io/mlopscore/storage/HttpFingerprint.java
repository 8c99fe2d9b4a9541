package io.mlopscore.storage;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Stands for the tag of a web server that sends none: the number that fsspec, and so DVC, makes of
/// what the server says of a file, such as its size and when it was modified.
final class HttpFingerprint {
  private HttpFingerprint() {}

  /// @param url as it was asked for
  static String of(String url, HttpResponse<?> answer) {
    var headers = answer.headers();
    var encoding = headers.firstValue("Content-Encoding").orElse("");
    var size =
        headers
            .firstValue("Content-Length")
            .filter(_ -> encoding.isEmpty() || encoding.equals("identity"));
    var type = headers.firstValue("Content-Type").map(whole -> whole.split(";", 2)[0]);
    boolean whole = headers.firstValue("Accept-Ranges").filter("none"::equals).isPresent();
    var text = new StringBuilder("({'name': ").append(quoted(url));
    text.append(", 'size': ").append(size.orElse("None"));
    type.ifPresent(known -> text.append(", 'mimetype': ").append(quoted(known)));
    text.append(whole ? ", 'partial': False" : "");
    text.append(", 'url': ").append(quoted(answer.uri().toString()));
    for (var name : new String[] {"Digest", "Last-Modified"}) {
      said(headers.firstValue(name))
          .ifPresent(value -> text.append(", '%s': ".formatted(name)).append(quoted(value)));
    }
    text.append(", 'type': 'file'},)");
    return new BigInteger(1, md5(text.toString())).toString();
  }

  private static Optional<String> said(Optional<String> value) {
    return value.filter(text -> !text.isEmpty());
  }

  /// As Python shows text.
  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    var escaped = text.replace("\\", "\\\\");
    return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
