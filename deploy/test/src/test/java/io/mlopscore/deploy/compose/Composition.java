package io.mlopscore.deploy.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What `compose.yaml` says, as an engine would read it with a `.env` beside it.
///
/// @param variables of `.env`
record Composition(JsonNode content, Map<String, String> variables) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?<name>[A-Z_]+)(?::(?<kind>[-?])(?<text>[^}]*))?}");

  Composition {
    variables = Map.copyOf(variables);
  }

  static Composition read(Path folder, Map<String, String> variables) throws IOException {
    var loader = new Load(LoadSettings.builder().build());
    var read = loader.loadFromString(Files.readString(folder.resolve("compose.yaml")));
    return new Composition(new ObjectMapper().valueToTree(read), variables);
  }

  /// The lines of a `.env`.
  static Map<String, String> variables(Path file) throws IOException {
    var found = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        found.put(line.split("=", 2)[0], line.split("=", 2)[1]);
      }
    }
    return found;
  }

  List<String> command(String service) {
    var words = new ArrayList<String>();
    content.path("services").path(service).path("command").forEach(word -> words.add(filled(word)));
    return words;
  }

  Map<String, String> environment(String service) {
    var all = new LinkedHashMap<String, String>();
    content
        .path("services")
        .path(service)
        .path("environment")
        .properties()
        .forEach(each -> all.put(each.getKey(), filled(each.getValue())));
    return all;
  }

  private String filled(JsonNode text) {
    return VARIABLE.matcher(text.asText()).replaceAll(match -> value(match.group()));
  }

  /// As https://docs.docker.com/reference/compose-file/interpolation/ has it for an empty value.
  private String value(String reference) {
    var match = VARIABLE.matcher(reference);
    if (!match.matches()) {
      throw new IllegalArgumentException(reference);
    }
    var set = variables.getOrDefault(match.group("name"), "");
    if (!set.isEmpty() || match.group("kind") == null) {
      return set;
    }
    if (match.group("kind").equals("?")) {
      throw new IllegalArgumentException(match.group("name") + ": " + match.group("text"));
    }
    return match.group("text");
  }
}
