package io.mlopscore.tracking.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds a call by method and path; a path such as `logged-models/{model_id}` has variables.
///
/// @param exact by `METHOD path`
/// @param templates those with variables
record CallTable(Map<String, Rpc> exact, List<Template> templates) {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  /// A call, and what stood in the place of the variables of its path.
  ///
  /// @param call its `METHOD path` in the table
  record Found(String call, Rpc rpc, Map<String, String> variables) {
    /// Its path in the table.
    String name() {
      return call.substring(call.indexOf(' ') + 1);
    }
  }

  private record Template(String call, Pattern pattern, List<String> names, Rpc rpc) {
    static Template of(String methodAndPath, Rpc rpc) {
      var names = VARIABLE.matcher(methodAndPath).results().map(name -> name.group(1)).toList();
      return new Template(
          methodAndPath,
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
      return Optional.of(new Found(call, rpc, variables));
    }
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

  Set<String> names() {
    var names = new HashSet<>(exact.keySet());
    templates.forEach(template -> names.add(template.call()));
    return names;
  }

  Optional<Found> find(String method, String path) {
    var name = method + " " + path;
    var rpc = exact.get(name);
    if (rpc != null) {
      return Optional.of(new Found(name, rpc, Map.of()));
    }
    return templates.stream().flatMap(template -> template.match(name).stream()).findFirst();
  }
}
