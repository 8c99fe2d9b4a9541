package io.mlopscore.storage;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/// The keys by which hosts are known, and what to do with one that is not.
///
final class SshHostKeys implements HostKeyRepository {
  /// As `StrictHostKeyChecking` has it. Nobody is there to ask, so `ask` refuses.
  enum Policy {
    REFUSE_UNKNOWN,
    ACCEPT_NEW,
    ACCEPT_ALL;

    static Policy of(String written) {
      return switch (written.toLowerCase(Locale.ROOT)) {
        case "accept-new" -> ACCEPT_NEW;
        case "no", "off" -> ACCEPT_ALL;
        default -> REFUSE_UNKNOWN;
      };
    }
  }

  private final HostKeyRepository known;
  private final Policy policy;
  private final Path file;
  private volatile String shown = "";

  /// @param known what the files of `ssh` have
  /// @param file where a key that is accepted is added
  SshHostKeys(HostKeyRepository known, Policy policy, Path file) {
    this.known = known;
    this.policy = policy;
    this.file = file;
  }

  /// The fingerprint of the key that a host showed last, as `ssh` writes it.
  String shown() {
    return shown;
  }

  private static String fingerprint(byte[] key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int check(String host, byte[] key) {
    shown = fingerprint(key);
    int found = known.check(host, key);
    if (found == NOT_INCLUDED && policy != Policy.REFUSE_UNKNOWN) {
      remember(host, key);
      return OK;
    }
    return found == CHANGED && policy == Policy.ACCEPT_ALL ? OK : found;
  }

  private void remember(String host, byte[] key) {
    try {
      var entry = new HostKey(host, key);
      var line = "%s %s %s%n".formatted(host, entry.getType(), entry.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          line,
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JSchException e) {
      throw new IllegalArgumentException(host + " shows a key that cannot be read", e);
    }
  }

  /// The library adds and removes nothing: [#check] has decided before.
  @Override
  public void add(HostKey key, UserInfo person) {}

  @Override
  public void remove(String host, String type) {}

  @Override
  public void remove(String host, String type, byte[] key) {}

  @Override
  public String getKnownHostsRepositoryID() {
    return file.toString();
  }

  @Override
  public HostKey[] getHostKey() {
    return known.getHostKey();
  }

  @Override
  public HostKey[] getHostKey(String host, String type) {
    return known.getHostKey(host, type);
  }
}
