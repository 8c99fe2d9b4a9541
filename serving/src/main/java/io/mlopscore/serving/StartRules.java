package io.mlopscore.serving;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// When the service must not start: it is safer down than open by mistake.
final class StartRules {
  private StartRules() {}

  /// @throws SettingException naming the setting that must change
  static void check(String host, Environment environment, ApiKeys keys, Cors cors) {
    switch (environment) {
      case DEVELOPMENT -> checkReach(host, keys);
      case STAGING -> checkKey(environment, keys);
      case PRODUCTION -> {
        checkOrigins(cors);
        checkKey(environment, keys);
      }
    }
  }

  private static void checkReach(String host, ApiKeys keys) {
    if (keys.isEmpty() && !isLoopback(host)) {
      throw new SettingException(
          "API_KEY",
          "without a key the API may only listen on this machine (127.0.0.1), not on "
              + host
              + "; set API_KEY, for example to the output of `openssl rand -hex 32`");
    }
  }

  private static void checkKey(Environment environment, ApiKeys keys) {
    if (keys.isEmpty()) {
      throw new SettingException(
          "API_KEY", environment + " needs a key; `openssl rand -hex 32` makes one");
    }
  }

  private static void checkOrigins(Cors cors) {
    if (cors.origins().isEmpty()) {
      throw new SettingException(
          "CORS_ORIGINS",
          "PRODUCTION needs the list of origins that may call, such as https://app.example");
    }
    if (cors.allowsAll()) {
      throw new SettingException(
          "CORS_ORIGINS", "must not contain '*' in PRODUCTION; list the origins that may call");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      throw new SettingException(
          "MLOPS_API_HOST", "'" + host + "' is not an address of this machine");
    }
  }
}
