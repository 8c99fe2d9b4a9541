package io.mlopscore.console;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a form sent (https://url.spec.whatwg.org/#application/x-www-form-urlencoded).
///
/// @param fields the values of each name, in the order of the form
record Form(Map<String, List<String>> fields) {
  private static final int LARGEST = 1 << 20;

  Form {
    fields = Map.copyOf(fields);
  }

  /// @throws TrackingException if it is larger than any form of ours
  static Form of(ServerRequest request) throws IOException {
    var bytes = request.content().inputStream().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "The form is larger than 1 MB; write so much by the API.");
    }
    return parse(new String(bytes, StandardCharsets.UTF_8));
  }

  /// What stands in the first bytes, of somebody whom nobody knows yet.
  static Form beginning(ServerRequest request, int bytes) throws IOException {
    return parse(
        new String(request.content().inputStream().readNBytes(bytes), StandardCharsets.UTF_8));
  }

  static Form parse(String text) {
    var fields = new HashMap<String, List<String>>();
    for (var pair : text.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        fields
            .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /// Empty if it was not sent. Browsers end the lines of a text with two characters.
  String text(String name) {
    return fields.getOrDefault(name, List.of("")).getFirst().replace("\r\n", "\n");
  }

  /// @throws TrackingException if it was not sent, or is blank
  String required(String name, String what) {
    var text = text(name).strip();
    if (text.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, what + " is empty; go back and fill it in.");
    }
    return text;
  }

  /// @throws TrackingException if it is no number of a version
  int version() {
    var text = required("version", "The version");
    if (!text.matches("\\d{1,9}")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "'" + text + "' is no number of a version.");
    }
    return Integer.parseInt(text);
  }
}
