package io.mlopscore.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The paths of the pages. Names may hold anything, so each part is encoded.
final class Links {
  private Links() {}

  static String experiment(String id) {
    return "/experiments/" + encode(id);
  }

  static String sorted(String experimentId, RunOrder order) {
    return experiment(experimentId)
        + "?sort="
        + encode(order.column())
        + "&order="
        + (order.descending() ? "desc" : "asc");
  }

  static String run(String experimentId, String runId) {
    return experiment(experimentId) + "/runs/" + encode(runId);
  }

  static String model(String name) {
    return "/models/" + encode(name);
  }

  static String version(String name, int version) {
    return model(name) + "#v" + version;
  }

  static String runFile(String runId, String path) {
    return "/runs/" + encode(runId) + "/artifacts/" + encodePath(path);
  }

  static String modelFile(String modelId, String path) {
    return "/logged-models/" + encode(modelId) + "/artifacts/" + encodePath(path);
  }

  static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1)).map(Links::encode).collect(Collectors.joining("/"));
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
