package io.mlopscore.tracking.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every path of MLflow's server with the methods it takes, whether it is served here or not. It
/// tells a call that is not served from an address that never was one.
///
/// The table is printed by `interop/mlflow/routes.py` and compared with the real server there.
record MlflowRoutes(List<Route> routes) {
  private static final String TABLE = "mlflow-routes.txt";
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\+?)\\w+}");

  /// @param path as in the table, such as `/api/2.0/mlflow/webhooks/{webhook_id}`
  record Route(String method, String path, Pattern pattern) {
    static Route of(String line) {
      var space = line.indexOf(' ');
      var path = line.substring(space + 1);
      return new Route(line.substring(0, space), path, Pattern.compile(expression(path)));
    }

    private static String expression(String path) {
      var expression =
          VARIABLE
              .matcher(path.replace(".", "\\."))
              .replaceAll(name -> name.group(1).isEmpty() ? "[^/]+" : ".+");
      return expression.replaceFirst("^/api/", "/(?:ajax-)?api/");
    }
  }

  MlflowRoutes {
    routes = List.copyOf(routes);
  }

  static MlflowRoutes read() {
    var table = Objects.requireNonNull(MlflowRoutes.class.getResourceAsStream(TABLE), TABLE);
    try (var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return new MlflowRoutes(
          lines.lines().filter(line -> !line.startsWith("#")).map(Route::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What MLflow's server takes there; nothing if it knows no such path.
  Set<String> methods(String path) {
    var methods = new TreeSet<String>();
    for (var route : routes) {
      if (route.pattern().matcher(path).matches()) {
        methods.add(route.method());
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }
}
