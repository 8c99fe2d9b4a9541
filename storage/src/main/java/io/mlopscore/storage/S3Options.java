package io.mlopscore.storage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How to reach a bucket of S3, beyond what the environment says.
///
/// @param endpoint a server other than Amazon's
/// @param profile a section of the credentials file
/// @param credentialsFile in place of `~/.aws/credentials`
/// @param configFile in place of `~/.aws/config`
/// @param keys given directly
/// @param anonymous sends no credentials
/// @param headers sent with each request that writes: encryption, access
/// @param keyHeaders sent with each request about an object's content: a key of the customer
public record S3Options(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<String> profile,
    Optional<Path> credentialsFile,
    Optional<Path> configFile,
    Optional<Keys> keys,
    boolean anonymous,
    Map<String, String> headers,
    Map<String, String> keyHeaders,
    Tls tls,
    Timeouts timeouts)
    implements StoreOptions {
  public S3Options {
    headers = Map.copyOf(headers);
    keyHeaders = Map.copyOf(keyHeaders);
  }

  /// @param token of a session; empty for keys that last
  public record Keys(String id, String secret, Optional<String> token) {
    @Override
    public String toString() {
      return "Keys[" + id + "]";
    }
  }

  /// @param connect until a connection stands
  /// @param read until the next bytes come
  public record Timeouts(Duration connect, Duration read) {
    public static final Timeouts USUAL =
        new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60));
  }

  /// What the environment says, nothing else.
  public static final S3Options NONE =
      new S3Options(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Map.of(),
          Map.of(),
          Tls.trusted(),
          Timeouts.USUAL);
}
