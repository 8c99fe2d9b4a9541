package io.mlopscore.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this distribution, as the build wrote it.
final class Version {
  private Version() {}

  static String line() {
    return "mlops " + number() + " (Java " + Runtime.version().feature() + ")";
  }

  static String number() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
