package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Why a request cannot be scored. What the caller sent is not repeated.
///
/// @param type a stable word for programs, as in the original service (`missing`, `float_parsing`)
/// @param field the field it is about; empty if it is about the whole body
/// @param message a sentence for people
/// @param bound the limit that was passed, by its short name (`ge`, `le`)
record FieldProblem(String type, Optional<String> field, String message, Optional<Bound> bound) {

  record Bound(String name, double value) {}

  static FieldProblem ofBody(String type, String message) {
    return new FieldProblem(type, Optional.empty(), message, Optional.empty());
  }

  static FieldProblem ofField(String type, String field, String message) {
    return new FieldProblem(type, Optional.of(field), message, Optional.empty());
  }

  /// The body of a 422 answer.
  static byte[] json(List<FieldProblem> problems) {
    return Json.object(
        out -> {
          out.writeArrayFieldStart("detail");
          for (var problem : problems) {
            problem.write(out);
          }
          out.writeEndArray();
        });
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", type);
    out.writeArrayFieldStart("loc");
    out.writeString("body");
    if (field.isPresent()) {
      out.writeString(field.get());
    }
    out.writeEndArray();
    out.writeStringField("msg", message);
    if (bound.isPresent()) {
      out.writeObjectFieldStart("ctx");
      out.writeNumberField(bound.get().name(), bound.get().value());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
