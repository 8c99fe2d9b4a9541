package io.mlopscore.tracking.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/// A message that is written without a tree of it in memory.
interface Message extends JsonSerializable {
  @Override
  default void serializeWithType(
      JsonGenerator out, SerializerProvider provider, TypeSerializer type) throws IOException {
    serialize(out, provider);
  }
}
