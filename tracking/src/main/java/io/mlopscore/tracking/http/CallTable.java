package io.mlopscore.tracking.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds a call by method and path; a path such as `logged-models/{model_id}` has variables.
///
/// @param exact by `METHOD path`
/// @param templates those with variables
record CallTable(Map<String, Rpc> exact, List<Template> templates) {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  /// A call, its path in the table, and what stood in the place of the variables of its path.
  record Found(String name, Rpc rpc, Map<String, String> variables) {}

  private record Template(String name, Pattern pattern, List<String> names, Rpc rpc) {
    static Template of(String methodAndPath, Rpc rpc) {
      var names = VARIABLE.matcher(methodAndPath).results().map(name -> name.group(1)).toList();
      return new Template(
          path(methodAndPath),
          Pattern.compile(VARIABLE.matcher(methodAndPath).replaceAll("([^/]+)")),
          names,
          rpc);
    }

    Optional<Found> match(String methodAndPath) {
      var match = pattern.matcher(methodAndPath);
      if (!match.matches()) {
        return Optional.empty();
      }
      var variables = new HashMap<String, String>();
      for (var i = 0; i < names.size(); i++) {
        variables.put(names.get(i), match.group(i + 1));
      }
      return Optional.of(new Found(name, rpc, variables));
    }
  }

  private static String path(String methodAndPath) {
    return methodAndPath.substring(methodAndPath.indexOf(' ') + 1);
  }

  @SafeVarargs
  static CallTable of(Map<String, Rpc>... groups) {
    var exact = new HashMap<String, Rpc>();
    var templates = new ArrayList<Template>();
    for (var group : groups) {
      group.forEach(
          (name, rpc) -> {
            if (name.contains("{")) {
              templates.add(Template.of(name, rpc));
            } else {
              exact.put(name, rpc);
            }
          });
    }
    return new CallTable(exact, templates);
  }

  Optional<Found> find(String method, String path) {
    var name = method + " " + path;
    var rpc = exact.get(name);
    if (rpc != null) {
      return Optional.of(new Found(path, rpc, Map.of()));
    }
    return templates.stream().flatMap(template -> template.match(name).stream()).findFirst();
  }
}
