package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/// How `add` goes about it.
///
/// @param destination where the data is copied to and tracked; empty to track it where it is
/// @param force whether the destination may be overwritten
/// @param commit whether the content goes to the cache, rather than only its hash into the file
/// @param relink whether the workspace then holds links as `cache.type` prefers
public record AddOptions(
    Optional<Path> destination, boolean force, boolean commit, boolean relink) {
  static final AddOptions USUAL = new AddOptions(Optional.empty(), false, true, true);
}
