package io.mlopscore.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How to reach a container of Azure Blob Storage.
///
/// @param endpoint of the account, such as `https://name.blob.core.windows.net`
/// @param account its name
/// @param key a shared key of the account, in Base64
/// @param token a shared access signature: `sv=...&sig=...`
/// @param principal who asks for access, where there is neither key nor signature
public record AzureOptions(
    URI endpoint,
    String account,
    Optional<String> key,
    Optional<String> token,
    Optional<Principal> principal,
    Timeouts timeouts)
    implements StoreOptions {
  /// A service principal.
  ///
  /// @param authority where it gets its tokens
  public record Principal(URI authority, String tenant, String client, String secret) {
    /// Credentials do not belong into messages.
    @Override
    public String toString() {
      return "Principal[" + client + "]";
    }
  }

  /// @param connect until a connection stands
  /// @param read until an answer begins, and between its bytes
  /// @param server how long Azure may work on one request; empty for as long as it has it
  public record Timeouts(Duration connect, Duration read, Optional<Duration> server) {
    public static final Timeouts USUAL =
        new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60), Optional.empty());
  }

  /// Credentials do not belong into messages.
  @Override
  public String toString() {
    return "AzureOptions[" + account + "]";
  }
}
