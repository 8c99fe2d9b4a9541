package io.mlopscore.serving;

import java.util.Locale;

/// Where the service runs; decides how strict its start is. An unknown name is an error, never a
/// silent fall back to the lax one.
public enum Environment {
  DEVELOPMENT,
  STAGING,
  PRODUCTION;

  static Environment parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "development" -> DEVELOPMENT;
      case "staging" -> STAGING;
      case "production" -> PRODUCTION;
      default ->
          throw new SettingException(
              "ENVIRONMENT", "'" + text + "' is not one of development, staging, production");
    };
  }
}
