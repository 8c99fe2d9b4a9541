package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.search.SearchParts;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// A list in an answer that is read while it is sent, so that it need not fit into memory; and the
/// token of the next page if there is one.
///
/// @param name of the list; left out if it is empty, as everywhere in MLflow's messages
/// @param shown the messages that are not left out
/// @param held is told how much memory a part takes, before it is sent
record Listing<T>(
    String name,
    SearchParts<T> parts,
    Function<T, JsonSerializable> message,
    Predicate<JsonNode> shown,
    LongConsumer held)
    implements Message {
  private static final long BYTES_OF_ID = 100;
  private static final long BYTES_AT_ONCE = 4 << 20;

  static <T> Listing<T> of(
      String name, SearchParts<T> parts, Function<T, JsonSerializable> message) {
    return new Listing<>(name, parts, message, _ -> true, _ -> {});
  }

  /// About how much memory such an answer takes: the ids of all, and the items that are sent at a
  /// time.
  ///
  /// @param each bytes of an item
  static long bytes(long most, long each) {
    return BYTES_OF_ID * most + Math.min(BYTES_AT_ONCE, each * most);
  }

  /// Without the others; for messages that are trees.
  Listing<T> only(Predicate<JsonNode> wanted) {
    return new Listing<>(name, parts, message, wanted, held);
  }

  /// With something done to each message that is a tree.
  Listing<T> each(Consumer<ObjectNode> change) {
    return new Listing<>(
        name,
        parts,
        item -> {
          var row = message.apply(item);
          if (row instanceof ObjectNode node) {
            change.accept(node);
          }
          return row;
        },
        shown,
        held);
  }

  Listing<T> holding(LongConsumer memory) {
    return new Listing<>(name, parts, message, shown, memory);
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    out.writeStartObject();
    var begun = false;
    while (parts.hasNext()) {
      var items = parts.next();
      held.accept(parts.bytes());
      for (var item : items) {
        var row = message.apply(item);
        if (row instanceof JsonNode node && !shown.test(node)) {
          continue;
        }
        if (!begun) {
          out.writeArrayFieldStart(name);
          begun = true;
        }
        row.serialize(out, provider);
      }
    }
    if (begun) {
      out.writeEndArray();
    }
    if (!parts.nextPageToken().isEmpty()) {
      out.writeStringField("next_page_token", parts.nextPageToken());
    }
    out.writeEndObject();
  }
}
