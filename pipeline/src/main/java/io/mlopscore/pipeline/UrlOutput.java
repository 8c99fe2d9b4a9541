package io.mlopscore.pipeline;

import java.nio.file.Path;

/// Data that a stage writes behind a URL: neither the cache nor git keeps it, and only its server
/// can tell what it holds.
///
/// @param url as written
/// @param place a path where nothing can be, which says what of other URLs lies around and in it
/// @param persist whether it survives until the stage overwrites it
public record UrlOutput(String url, Path place, boolean persist) {
  /// A scheme, a host or bucket, and a path.
  private static final int NAMES = 3;

  /// @param where names the definition in messages
  /// @throws PipelineException when nobody could keep it as it is declared
  static UrlOutput of(
      Dependency place, Output.Kind kind, boolean cached, boolean persist, String where) {
    var url = place.path();
    if (kind != Output.Kind.OUT) {
      throw new PipelineException(
          "%s: '%s' is a URL, and metrics and plots are read from files only; list it under 'outs'"
              .formatted(where, url));
    }
    if (cached) {
      throw new PipelineException(
          "%s: output '%s' is a URL, which no cache keeps; declare it with 'cache: false'"
                  .formatted(where, url)
              + " (--outs-no-cache)");
    }
    if (place.file().getNameCount() < NAMES) {
      throw new PipelineException(
          "%s: output '%s' is a whole bucket, which a run would empty first; name a path in it"
              .formatted(where, url));
    }
    return new UrlOutput(url, place.file(), persist);
  }

  /// The name under which a running stage keeps others off it, as `dvc` names it: a bucket and what
  /// follows.
  Path lock() {
    return place.subpath(1, place.getNameCount());
  }
}
