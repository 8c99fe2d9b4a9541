package io.mlopscore.tracking.search;

import static io.mlopscore.tracking.search.FilterParser.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Where a page begins, in base64 of JSON.
///
/// Ours say after which keys, so that a deep page costs no more than the first; MLflow's
/// `{"offset": 100}` is read too.
public sealed interface PageToken {
  /// After so many items.
  record Offset(long items) implements PageToken {
    @Override
    public String toString() {
      return encoded("{\"offset\": " + items + "}");
    }
  }

  /// After the item that has these sort keys.
  ///
  /// @param keys each a [Long], a [Double] or a [String]
  record After(List<Object> keys) implements PageToken {
    public After {
      keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
      var array = JsonNodeFactory.instance.arrayNode();
      for (var key : keys) {
        switch (key) {
          case Long whole -> array.add(whole);
          case Double number -> array.add(number);
          default -> array.add(key.toString());
        }
      }
      return encoded(JsonNodeFactory.instance.objectNode().set("after", array).toString());
    }
  }

  /// @param text empty for the first page
  static PageToken parse(String text) {
    if (text.isEmpty()) {
      return new Offset(0);
    }
    var token = decoded(text);
    if (token.path("after").isArray()) {
      return after(token.path("after"));
    }
    var offset = token.path("offset").asLong();
    if (offset < 1 || offset > Integer.MAX_VALUE) {
      throw refused("Invalid page token, parsed value=" + token);
    }
    return new Offset(offset);
  }

  /// @param keys a list of texts and numbers
  static PageToken after(JsonNode keys) {
    return new After(keys(keys));
  }

  private static JsonNode decoded(String text) {
    try {
      return new ObjectMapper().readTree(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw refused("Invalid page token, could not base64-decode");
    } catch (IOException _) {
      throw refused("Invalid page token, it holds no JSON");
    }
  }

  private static List<Object> keys(JsonNode array) {
    var keys = new ArrayList<Object>();
    for (var key : array) {
      if (key.isIntegralNumber() && key.canConvertToLong()) {
        keys.add(key.longValue());
      } else if (key.isNumber()) {
        keys.add(key.doubleValue());
      } else if (key.isTextual()) {
        keys.add(key.textValue());
      } else {
        throw refused("Invalid page token, parsed value=" + array);
      }
    }
    return keys;
  }

  private static String encoded(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
