package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ConfigException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// What follows `ssh://`: `user:password@host:port/path`, of which host and path must be there.
///
/// @param path absolute
record SshUrl(
    Optional<String> user,
    Optional<String> password,
    String host,
    Optional<Integer> port,
    String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<user>[^/:@]*)(?::(?<password>[^/]*))?@)?(?<host>\\[[^]/]+]|[^/:@]+)"
              + "(?::(?<port>\\d{0,5}))?(?<path>/.*)");

  /// @param remote who has the URL, for messages
  static SshUrl of(String rest, String remote) {
    var found = FORM.matcher(rest);
    if (!found.matches()) {
      throw new ConfigException(
          "remote '%s': write its URL as ssh://user@host:port/absolute/path".formatted(remote));
    }
    return new SshUrl(
        Optional.ofNullable(found.group("user")).filter(text -> !text.isEmpty()),
        Optional.ofNullable(found.group("password")),
        found.group("host").replaceAll("[\\[\\]]", ""),
        Optional.ofNullable(found.group("port"))
            .filter(text -> !text.isEmpty())
            .map(Integer::valueOf),
        found.group("path"));
  }

  /// The path as a key of a store that is the whole machine.
  String key() {
    return Path.of(path).normalize().toString().replaceFirst("^/+", "");
  }
}
