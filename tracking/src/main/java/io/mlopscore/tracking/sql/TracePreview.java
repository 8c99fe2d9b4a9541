package io.mlopscore.tracking.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlopscore.tracking.traces.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A line that shows what was asked or answered: the last message of a chat, else all of it.
final class TracePreview {
  private TracePreview() {}

  /// @param json the inputs or outputs of the root span
  /// @param role whose message is wanted, `user` or `assistant`
  static String of(String json, String role) {
    var text = JsonText.read(json).flatMap(value -> lastMessage(value, role)).orElse("");
    return Rows.orEmpty(TraceNames.preview(text.isEmpty() ? json : text));
  }

  private static Optional<String> lastMessage(JsonNode value, String role) {
    var messages = messages(value);
    for (var message : messages.reversed()) {
      if (message.path("role").asText().equals(role)) {
        return text(message.path("content"));
      }
    }
    return messages.isEmpty() ? Optional.empty() : text(messages.getLast().path("content"));
  }

  /// Where OpenAI's requests and answers have them.
  private static List<JsonNode> messages(JsonNode value) {
    if (value.path("messages").isArray()) {
      return messagesAmong(value.path("messages"));
    }
    if (isMessage(value.path("choices").path(0).path("message"))) {
      return List.of(value.path("choices").path(0).path("message"));
    }
    for (var name : List.of("input", "output")) {
      if (value.path(name).isArray()) {
        return messagesAmong(value.path(name));
      }
    }
    return value.path("request").isObject() ? messages(value.path("request")) : List.of();
  }

  private static List<JsonNode> messagesAmong(JsonNode items) {
    var messages = new ArrayList<JsonNode>();
    items.valueStream().filter(TracePreview::isMessage).forEach(messages::add);
    return messages;
  }

  private static boolean isMessage(JsonNode item) {
    return item.has("role") && item.has("content");
  }

  private static Optional<String> text(JsonNode content) {
    if (content.isTextual()) {
      return Optional.of(content.textValue());
    }
    return content
        .valueStream()
        .filter(part -> part.isTextual() || part.path("type").asText().endsWith("text"))
        .map(part -> part.isTextual() ? part.textValue() : part.path("text").asText())
        .findFirst();
  }
}
