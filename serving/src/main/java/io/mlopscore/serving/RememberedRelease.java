package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The release that was taken into service last for an alias, with all that it takes to serve it
/// again while the registry is out of reach. One JSON object in a file.
///
/// @param registry where the registry is, without credentials
/// @param copy the name of its folder in the cache
/// @param digest the [CopyDigest] of that folder
/// @param metrics the results of its evaluation, by name; none that is infinite or no number
/// @param recorded when it was written down
record RememberedRelease(
    String registry,
    String alias,
    Release release,
    String copy,
    String digest,
    Map<String, Double> metrics,
    Instant recorded) {
  RememberedRelease {
    metrics = Map.copyOf(metrics);
    if (!copy.matches("[0-9a-f]+")) {
      throw new IllegalArgumentException("'" + copy + "' is no name of a copy");
    }
  }

  boolean isOf(String itsRegistry, String itsName, String itsAlias) {
    return registry.equals(itsRegistry) && release.name().equals(itsName) && alias.equals(itsAlias);
  }

  byte[] json() {
    return Json.object(
        out -> {
          out.writeStringField("registry", registry);
          out.writeStringField("name", release.name());
          out.writeStringField("alias", alias);
          out.writeStringField("version", release.version());
          out.writeStringField("identity", release.identity());
          out.writeStringField("copy", copy);
          out.writeStringField("digest", digest);
          out.writeStringField("recorded", recorded.toString());
          out.writeObjectFieldStart("metrics");
          for (var metric : metrics.entrySet()) {
            out.writeNumberField(metric.getKey(), metric.getValue());
          }
          out.writeEndObject();
        });
  }

  /// @throws IOException if that is not what [#json] writes
  static RememberedRelease read(byte[] json) throws IOException {
    var texts = new HashMap<String, String>();
    var metrics = new HashMap<String, Double>();
    try (var parser = Json.FACTORY.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          metrics.putAll(numbers(parser));
        } else {
          texts.put(field, parser.getText());
        }
      }
    }
    return of(texts, metrics);
  }

  private static Map<String, Double> numbers(JsonParser parser) throws IOException {
    var numbers = new HashMap<String, Double>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      numbers.put(name, parser.getDoubleValue());
    }
    return numbers;
  }

  private static RememberedRelease of(Map<String, String> texts, Map<String, Double> metrics)
      throws IOException {
    try {
      return new RememberedRelease(
          text(texts, "registry"),
          text(texts, "alias"),
          new Release(text(texts, "name"), text(texts, "version"), text(texts, "identity")),
          text(texts, "copy"),
          text(texts, "digest"),
          metrics,
          Instant.parse(text(texts, "recorded")));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String text(Map<String, String> texts, String field) throws IOException {
    var text = texts.get(field);
    if (text == null) {
      throw new IOException("it has no '" + field + "'");
    }
    return text;
  }
}
