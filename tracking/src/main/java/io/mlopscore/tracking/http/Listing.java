package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mlopscore.tracking.search.SearchParts;
import java.io.IOException;
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
  static <T> Listing<T> of(
      String name, SearchParts<T> parts, Function<T, JsonSerializable> message) {
    return new Listing<>(name, parts, message, _ -> true, _ -> {});
  }

  /// Without the others; for messages that are trees.
  Listing<T> only(Predicate<JsonNode> wanted) {
    return new Listing<>(name, parts, message, wanted, held);
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
