package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// How this service reads and writes JSON: strictly, with limits, and with buffers shared by all
/// threads, since a virtual thread is too short-lived to keep its own.
final class Json {
  private static final int DEEPEST = 20;
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_NUMBER = 400;
  private static final int LONGEST_NAME = 1_000;

  /// What a caller is told whose JSON is sound, but more than is read.
  static final String BEYOND_LIMITS =
      "The JSON may be nested %d deep, its numbers may have %d digits, its names %d and its texts %d characters; this has more"
          .formatted(DEEPEST, LONGEST_NUMBER, LONGEST_NAME, LONGEST_TEXT);

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          .build();

  private Json() {}

  /// One object, whose members a writer fills in.
  static byte[] object(Members members) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Writes the members of an object.
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator out) throws IOException;
  }
}
