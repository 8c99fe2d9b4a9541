package io.mlopscore.tracking.observability;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The id that follows a request through logs. A caller may bring its own, if it is harmless.
public final class RequestId {
  public static final HeaderName HEADER = HeaderNames.create("X-Request-ID");
  private static final int MAX_LENGTH = 64;

  private RequestId() {}

  /// The caller's id if it is 1 to 64 letters, digits, `.`, `_` or `-`; otherwise a new one.
  public static String of(String fromCaller) {
    return isHarmless(fromCaller) ? fromCaller : create();
  }

  private static String create() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isHarmless(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean harmless =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!harmless) {
        return false;
      }
    }
    return true;
  }
}
