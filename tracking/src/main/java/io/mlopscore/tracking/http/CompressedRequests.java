package io.mlopscore.tracking.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import java.util.Set;

/// Lets compressed requests in as they are, which the web server would refuse. [OtlpRoutes] reads
/// them; files of artifacts are kept as they come.
final class CompressedRequests implements ContentEncoding {
  private CompressedRequests() {}

  /// For the web server. Answers are not compressed.
  static ContentEncodingContext taken() {
    return ContentEncodingContext.builder()
        .contentEncodingsDiscoverServices(false)
        .addContentEncoding(new CompressedRequests())
        .build();
  }

  @Override
  public Set<String> ids() {
    return Set.of("gzip", "deflate");
  }

  @Override
  public boolean supportsEncoding() {
    return false;
  }

  @Override
  public boolean supportsDecoding() {
    return true;
  }

  @Override
  public ContentDecoder decoder() {
    return ContentDecoder.NO_OP;
  }

  @Override
  public ContentEncoder encoder() {
    return ContentEncoder.NO_OP;
  }

  @Override
  public String name() {
    return "compressed";
  }

  @Override
  public String type() {
    return "compressed";
  }
}
