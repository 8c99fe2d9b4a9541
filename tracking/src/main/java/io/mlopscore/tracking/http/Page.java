package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// A part of a list, behind MLflow's page tokens: base64 of `{"offset": 100}`.
///
/// @param offset how many items come before it
/// @param size how many it holds at most
record Page(int offset, int size) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Page of(Call call, int usual, int most) {
    return new Page(offset(call.text("page_token")), call.limit("max_results", usual, most));
  }

  private static int offset(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, JSON.readTree(Base64.getDecoder().decode(token)).path("offset").asInt());
    } catch (IllegalArgumentException | IOException _) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Invalid page token, could not base64-decode");
    }
  }

  /// How many items must be known to tell whether another page follows.
  int needed() {
    return (int) Math.min(Integer.MAX_VALUE, end() + 1);
  }

  private long end() {
    return (long) offset + size;
  }

  /// Writes this part of the items, and the token of the next if there is one.
  <T> ObjectNode write(String name, List<T> items, Function<T, ObjectNode> message) {
    var end = (int) Math.min(items.size(), end());
    var part = offset >= end ? List.<T>of() : items.subList(offset, end);
    var answer = Messages.list(Messages.empty(), name, part, message);
    if (end < items.size()) {
      var token = "{\"offset\": " + end + "}";
      answer.put(
          "next_page_token",
          Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }
    return answer;
  }
}
