package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Names;
import io.mlopscore.tracking.TrackingException;
import org.jspecify.annotations.Nullable;

/// How long the texts of a trace may be.
final class TraceNames {
  private static final int LONGEST_VALUE = 8000;
  private static final int LONGEST_PREVIEW = 1000;

  private TraceNames() {}

  static String id(String name, String value) {
    if (value.isEmpty()) {
      throw refused("Missing value for required parameter '" + name + "'.");
    }
    return String.valueOf(within(name, value, 50));
  }

  /// @throws TrackingException if a text is too long for its column
  static @Nullable String within(String name, @Nullable String value, int most) {
    if (value != null && value.length() > most) {
      throw refused(
          name + " of " + value.length() + " characters exceeds the limit of " + most + ".");
    }
    return value;
  }

  static String key(String key) {
    return Names.key("tag", key);
  }

  static boolean isKey(String key) {
    try {
      return key(key).equals(key);
    } catch (TrackingException _) {
      return false;
    }
  }

  /// The beginning of a value that is too long, as in MLflow.
  static String value(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }

  static @Nullable String preview(@Nullable String text) {
    return text == null || text.length() <= LONGEST_PREVIEW
        ? text
        : text.substring(0, LONGEST_PREVIEW - 3) + "...";
  }

  private static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
