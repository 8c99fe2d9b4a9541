package io.mlopscore.serving;

import io.mlopscore.tracking.Secret;
import io.mlopscore.tracking.TrackingException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where the Redis is, and with which password one gets in.
///
/// @param uri read again for each new connection, so that the password may change
public record RedisAddress(Secret uri) {
  private static final String SETTING = "MLOPS_LIMITS_REDIS";

  static Optional<RedisAddress> find(Map<String, String> env) {
    try {
      var address = Secret.find(SETTING, env).map(RedisAddress::new);
      address.ifPresent(RedisAddress::current);
      return address;
    } catch (TrackingException e) {
      throw new SettingException(SETTING, String.valueOf(e.getMessage()));
    }
  }

  /// The address as of now.
  ///
  /// @throws SettingException if it is none
  URI current() {
    try {
      var now = URI.create(uri.text());
      if (now.getHost() != null && ("redis".equals(now.getScheme()) || isTls(now))) {
        return now;
      }
    } catch (IllegalArgumentException _) {
      // said below; the text holds a password
    }
    throw new SettingException(
        SETTING, "is no address such as redis://:password@host:6379/0, or rediss:// for TLS");
  }

  static boolean isTls(URI uri) {
    return "rediss".equals(uri.getScheme());
  }

  /// Without the password.
  @Override
  public String toString() {
    var now = current();
    return now.getScheme() + "://" + now.getHost() + ":" + port(now);
  }

  static int port(URI uri) {
    return uri.getPort() < 0 ? 6379 : uri.getPort();
  }
}
