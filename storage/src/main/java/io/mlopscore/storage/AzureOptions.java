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
public record AzureOptions(
    URI endpoint, String account, Optional<String> key, Optional<String> token, Timeouts timeouts)
    implements StoreOptions {
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
