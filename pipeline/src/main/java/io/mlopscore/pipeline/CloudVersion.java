package io.mlopscore.pipeline;

/// A version of a file in a bucket, as `cloud` records it.
///
/// @param remote the remote it was pushed to
/// @param tag what the bucket calls the content (`etag`); empty when nothing says so
/// @param id which version (`version_id`); empty when the bucket kept none
public record CloudVersion(String remote, String tag, String id) {
  /// Whether this very content can be asked for.
  public boolean isKept() {
    return !id.isEmpty();
  }
}
