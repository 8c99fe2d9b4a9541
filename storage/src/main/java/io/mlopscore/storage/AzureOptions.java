package io.mlopscore.storage;

import java.net.URI;
import java.util.Optional;

/// How to reach a container of Azure Blob Storage.
///
/// @param endpoint of the account, such as `https://name.blob.core.windows.net`
/// @param account its name
/// @param key a shared key of the account, in Base64
/// @param token a shared access signature: `sv=...&sig=...`
public record AzureOptions(
    URI endpoint, String account, Optional<String> key, Optional<String> token)
    implements StoreOptions {
  /// Credentials do not belong into messages.
  @Override
  public String toString() {
    return "AzureOptions[" + account + "]";
  }
}
