package io.mlopscore.console;

import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.http.ForwardedPrefix;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The addresses of the pages. Names may hold anything, so each part is encoded.
///
/// @param root what stands before every path; empty for nothing
record Links(String root) {
  /// Those of whoever asks, by a proxy perhaps.
  ///
  /// @param prefix `--static-prefix`, or the empty text
  static Links of(ServerRequest request, String prefix) {
    return new Links(ForwardedPrefix.of(request) + prefix);
  }

  String index() {
    return root + "/";
  }

  String experiment(String id) {
    return root + "/experiments/" + encode(id);
  }

  String traces(String experimentId) {
    return experiment(experimentId) + "/traces";
  }

  String trace(String id) {
    return root + "/traces/" + encode(id);
  }

  String run(String experimentId, String runId) {
    return experiment(experimentId) + "/runs/" + encode(runId);
  }

  /// For whoever knows the run alone.
  String run(String runId) {
    return root + "/runs/" + encode(runId);
  }

  String compare(List<String> runIds) {
    return root + "/compare" + query(runIds.stream().map(id -> new Field("run", id)).toList());
  }

  String models() {
    return root + "/models";
  }

  String prompts() {
    return root + "/prompts";
  }

  String model(String name) {
    return root + "/models/" + encode(name);
  }

  String version(String name, int version) {
    return model(name) + "/versions/" + version;
  }

  String users() {
    return root + "/users";
  }

  String user(String name) {
    return users() + "/" + encode(name);
  }

  String login() {
    return root + "/login";
  }

  /// @param fields those that are empty are left out
  static String query(List<Field> fields) {
    return fields.stream()
        .filter(field -> !field.value().isEmpty())
        .map(field -> encode(field.name()) + "=" + encode(field.value()))
        .collect(Collectors.collectingAndThen(Collectors.joining("&"), Links::asked));
  }

  private static String asked(String query) {
    return query.isEmpty() ? "" : "?" + query;
  }

  static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1)).map(Links::encode).collect(Collectors.joining("/"));
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
