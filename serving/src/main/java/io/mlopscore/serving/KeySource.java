package io.mlopscore.serving;

import java.nio.file.Path;
import java.util.Optional;

/// Where the keys of the API come from.
///
/// @param given those of `API_KEY`, which stay as they are
/// @param file with digests of more, which may change while the service runs
public record KeySource(ApiKeys given, Optional<Path> file) {

  /// All keys as of now.
  ///
  /// @throws SettingException if the file cannot be read, or has no keys
  ApiKeys read() {
    return file.map(path -> ApiKeys.read(path).and(given)).orElse(given);
  }
}
