package io.mlopscore.pipeline;

/// What a URL holds, as far as its server tells contents apart.
///
/// @param key `md5`, `etag` or `checksum`: which kind of value it is
/// @param size bytes, negative where the server does not say
/// @param files how many, for a folder; 0 for a file
public record UrlContent(String key, String value, long size, int files) {
  boolean sameContent(UrlContent other) {
    return key.equals(other.key) && value.equals(other.value);
  }
}
