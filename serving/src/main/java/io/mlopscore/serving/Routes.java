package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The table of everything that is answered. Paths are literal: one lookup finds them.
final class Routes {
  private final Map<String, Entry> byPath = new HashMap<>();

  Routes(List<Route> routes) {
    for (var route : routes) {
      byPath.computeIfAbsent(route.path(), _ -> new Entry(new ArrayList<>())).routes().add(route);
    }
  }

  /// What a request meets.
  sealed interface Match {
    /// The path for logs and metrics.
    String path();

    record Found(Route route) implements Match {
      @Override
      public String path() {
        return route.path();
      }
    }

    record WrongMethod(String path, Header allow) implements Match {}

    record None() implements Match {
      @Override
      public String path() {
        return "unmatched";
      }
    }
  }

  Match find(String method, String path) {
    var entry = byPath.get(path);
    if (entry == null) {
      return new Match.None();
    }
    var wanted = method.equals("HEAD") ? "GET" : method;
    for (var route : entry.routes()) {
      if (route.method().equals(wanted)) {
        return new Match.Found(route);
      }
    }
    return new Match.WrongMethod(path, entry.allow());
  }

  /// A method's name, or `OTHER`: what callers make up must not become a label.
  static String knownMethod(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" -> method;
      default -> "OTHER";
    };
  }

  private record Entry(List<Route> routes) {
    Header allow() {
      var methods =
          routes.stream().map(Route::method).map(m -> m.equals("GET") ? "GET, HEAD" : m).toList();
      return HeaderValues.create(HeaderNames.ALLOW, String.join(", ", methods));
    }
  }
}
