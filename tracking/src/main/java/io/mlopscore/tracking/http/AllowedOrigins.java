package io.mlopscore.tracking.http;

import java.util.List;
import java.util.regex.Pattern;

/// The web pages, by their `Origin`, whose scripts may change something through a browser. Pages of
/// this machine always may.
///
/// @param all any page may; its browser then sends no credentials
public record AllowedOrigins(boolean all, List<Wildcard> patterns) {
  private static final Pattern LOCAL =
      Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  public AllowedOrigins {
    patterns = List.copyOf(patterns);
  }

  public static AllowedOrigins local() {
    return new AllowedOrigins(false, List.of());
  }

  /// These beside the local ones.
  ///
  /// @param patterns origins such as `https://app.example.com`, `*` standing for any text; one that
  ///     is `*` allows every origin
  public static AllowedOrigins of(List<String> patterns) {
    return new AllowedOrigins(patterns.contains("*"), patterns.stream().map(Wildcard::of).toList());
  }

  boolean allows(String origin) {
    return all
        || LOCAL.matcher(origin).matches()
        || patterns.stream().anyMatch(each -> each.matches(origin));
  }
}
