package io.mlopscore.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A setting that nobody should see: the variable `NAME` of the environment, or the content of the
/// file that `NAME_FILE` names.
///
/// A file does not appear where the environment of a process is shown, and it is read whenever the
/// secret is needed, so that a secret is replaced without a restart.
@FunctionalInterface
public interface Secret {
  /// The secret as of now.
  ///
  /// @throws TrackingException naming the setting and the file, if that cannot be read
  String text();

  /// One that stays as it is.
  static Secret of(String text) {
    return () -> text;
  }

  /// @param name of the variable that holds the secret; the one with `_FILE` behind it names a file
  /// @return empty if neither is set
  /// @throws TrackingException if both are set, or the file cannot be read
  static Optional<Secret> find(String name, Map<String, String> env) {
    var given = env.getOrDefault(name, "");
    var file = env.getOrDefault(name + "_FILE", "");
    if (file.isBlank()) {
      return given.isBlank() ? Optional.empty() : Optional.of(of(given));
    }
    if (!given.isBlank()) {
      throw refused(name + " and " + name + "_FILE are both set; keep the file, unset " + name);
    }
    Secret secret = () -> content(name + "_FILE", Path.of(file));
    secret.text(); // a file that is not there is said at the start
    return Optional.of(secret);
  }

  private static String content(String setting, Path file) {
    try {
      var text = Files.readString(file).replaceFirst("[\r\n]+$", "");
      if (!text.isBlank()) {
        return text;
      }
    } catch (IOException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          setting + ": the file " + file + " cannot be read (" + e + ")",
          e);
    }
    throw refused(setting + ": the file " + file + " is empty");
  }

  private static TrackingException refused(String why) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, why);
  }
}
