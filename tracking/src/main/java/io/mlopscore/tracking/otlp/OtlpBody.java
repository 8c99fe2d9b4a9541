package io.mlopscore.tracking.otlp;

import io.mlopscore.tracking.traces.ExportedSpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// The body of a request to export spans: protocol buffers or JSON, perhaps compressed.
///
/// @param type the media type, without parameters
/// @param encoding how it is compressed; empty for not at all
public record OtlpBody(String type, String encoding) {
  private static final int LARGEST = 32 << 20;
  private static final int BLOCK = 64 << 10;

  /// How many times as large as their bytes spans are in memory.
  private static final int SPANS = 5;

  /// @throws OtlpException if such a body cannot be read
  public static OtlpBody of(String contentType, String contentEncoding) {
    var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals("application/x-protobuf") && !type.equals("application/json")) {
      throw new OtlpException(
          400,
          "Invalid Content-Type: "
              + contentType
              + ". Expected: application/x-protobuf or application/json");
    }
    return new OtlpBody(type, contentEncoding.strip().toLowerCase(Locale.ROOT));
  }

  /// @param memory is told how much more it takes, before it does
  public List<ExportedSpan> read(InputStream body, LongConsumer memory) throws IOException {
    var plain = decompressed(limited(body, memory), memory);
    return type.equals("application/json") ? OtlpJson.decode(plain) : OtlpSpans.decode(plain);
  }

  private static byte[] limited(InputStream body, LongConsumer memory) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var block = new byte[BLOCK];
    for (int n; (n = body.readNBytes(block, 0, BLOCK)) > 0; ) {
      memory.accept((long) SPANS * n);
      bytes.write(block, 0, n);
      if (bytes.size() > LARGEST) {
        throw new OtlpException(
            413, "The spans are larger than " + LARGEST + " bytes; send them in parts.");
      }
    }
    return bytes.toByteArray();
  }

  private byte[] decompressed(byte[] body, LongConsumer memory) throws IOException {
    return switch (encoding) {
      case "", "identity" -> body;
      case "gzip" -> {
        try {
          yield limited(new GZIPInputStream(new ByteArrayInputStream(body)), memory);
        } catch (ZipException | EOFException e) {
          throw new OtlpException(400, "Failed to decompress gzip payload", e);
        }
      }
      case "deflate" -> inflated(body, memory);
      default -> throw new OtlpException(400, "Unsupported Content-Encoding: " + encoding);
    };
  }

  /// Some senders leave the header of the format away.
  private static byte[] inflated(byte[] body, LongConsumer memory) throws IOException {
    try {
      return limited(new InflaterInputStream(new ByteArrayInputStream(body)), memory);
    } catch (ZipException | EOFException _) {
      var raw = new Inflater(true);
      try (var in = new InflaterInputStream(new ByteArrayInputStream(body), raw)) {
        return limited(in, memory);
      } catch (ZipException | EOFException e) {
        throw new OtlpException(400, "Failed to decompress deflate payload", e);
      } finally {
        raw.end();
      }
    }
  }
}
