package io.mlopscore.storage;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// URLs by which somebody without credentials moves one object directly to or from a bucket.
public interface SignedTransfers {
  /// A URL and the headers that must be sent with it.
  record SignedUrl(URI url, Map<String, String> headers) {
    public SignedUrl {
      headers = Map.copyOf(headers);
    }
  }

  /// An upload in parts that has begun.
  ///
  /// @param parts one URL for each part, the first for part 1
  record PartedUpload(String id, List<SignedUrl> parts) {
    public PartedUpload {
      parts = List.copyOf(parts);
    }
  }

  /// A part that the bucket has.
  ///
  /// @param number from 1
  /// @param etag what the bucket answered to it
  record UploadedPart(int number, String etag) {}

  /// To GET an object; a browser saves it rather than showing it.
  SignedUrl download(String key, Duration validity) throws IOException;

  /// To PUT an object.
  SignedUrl upload(String key, String contentType, Duration validity) throws IOException;

  /// To PUT an object in parts of at least 5 MiB, but for the last; it appears when the upload is
  /// completed.
  PartedUpload begin(String key, int parts, Duration validity) throws IOException;

  void complete(String key, String uploadId, List<UploadedPart> parts) throws IOException;

  /// Gives up an upload and the parts that it already has.
  void abort(String key, String uploadId) throws IOException;
}
