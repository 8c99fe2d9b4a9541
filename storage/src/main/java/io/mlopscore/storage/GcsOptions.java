package io.mlopscore.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// How to reach a bucket of Cloud Storage, beyond what the environment says.
///
/// @param endpoint a server other than Google's
/// @param credentialsFile the key of a service account, or other credentials, as JSON
/// @param anonymous sends no credentials
public record GcsOptions(Optional<URI> endpoint, Optional<Path> credentialsFile, boolean anonymous)
    implements StoreOptions {
  public static final GcsOptions NONE = new GcsOptions(Optional.empty(), Optional.empty(), false);
}
