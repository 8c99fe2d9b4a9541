package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/// The bytes of a file that a request asks for (https://www.rfc-editor.org/rfc/rfc9110#name-range).
///
/// @param length 0 if the file has none of them
record ByteRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// A header that asks for several parts, or for a part of a version that we cannot know, counts
  /// as none, as the standard allows.
  static ByteRange of(ServerRequest request, long size) {
    var headers = request.headers();
    var header = headers.first(HeaderNames.RANGE).orElse("");
    return headers.contains(HeaderNames.IF_RANGE)
        ? new ByteRange(0, size)
        : of(header.replace(" ", ""), size);
  }

  static ByteRange of(String header, long size) {
    var range = ONE.matcher(header);
    if (!range.matches() || header.equals("bytes=-")) {
      return new ByteRange(0, size);
    }
    if (range.group(1).isEmpty()) {
      var last = Math.min(size, Long.parseLong(range.group(2)));
      return new ByteRange(size - last, last);
    }
    var from = Long.parseLong(range.group(1));
    var to = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (!range.group(2).isEmpty() && to < from) {
      return new ByteRange(0, size);
    }
    return new ByteRange(from, Math.max(0, Math.min(size - 1, to) - from + 1));
  }

  boolean isPart(long size) {
    return length < size;
  }

  /// Whether nothing can be sent of a file that was asked for in part.
  boolean isEmpty(long size) {
    return length == 0 && (size > 0 || from > 0);
  }

  String header(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
