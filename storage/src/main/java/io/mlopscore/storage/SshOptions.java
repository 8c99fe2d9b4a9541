package io.mlopscore.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How to reach a folder of a machine over SSH. What is left open, `~/.ssh/config` says.
///
/// @param keyfile a private key; without it those of `~/.ssh` are tried
/// @param passphrase of the private key
/// @param agent whether keys of a running `ssh-agent` are tried
/// @param gss whether a Kerberos ticket is tried
/// @param sessions how many at a time over one connection; a server of OpenSSH allows 10
/// @param timeout until a connection stands, and until a silent server counts as gone
public record SshOptions(
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> keyfile,
    Optional<String> password,
    Optional<String> passphrase,
    boolean agent,
    boolean gss,
    int sessions,
    Duration timeout)
    implements StoreOptions {
  public static final int USUAL_SESSIONS = 10;
  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  /// Credentials do not belong into messages.
  @Override
  public String toString() {
    return "SshOptions[" + user.orElse("") + "]";
  }
}
