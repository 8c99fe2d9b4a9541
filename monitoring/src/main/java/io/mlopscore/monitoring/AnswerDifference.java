package io.mlopscore.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;

/// Where a JSON answer differs from the expected one: numbers by more than a tolerance, all else at
/// all.
///
/// @param tolerance how far numbers may be apart
record AnswerDifference(double tolerance) {

  /// The first difference, as `probabilities.setosa: 0.9, expected 0.97`; empty if there is none.
  Optional<String> between(JsonNode expected, JsonNode found) {
    return between("", expected, found);
  }

  private Optional<String> between(String path, JsonNode expected, JsonNode found) {
    if (expected.isNumber() && found.isNumber()) {
      boolean near = Math.abs(expected.asDouble() - found.asDouble()) <= tolerance;
      return near ? Optional.empty() : Optional.of(said(path, expected, found));
    }
    if (!expected.isContainerNode() || expected.getNodeType() != found.getNodeType()) {
      return expected.equals(found) ? Optional.empty() : Optional.of(said(path, expected, found));
    }
    return expected.isObject() ? members(path, expected, found) : items(path, expected, found);
  }

  private Optional<String> members(String path, JsonNode expected, JsonNode found) {
    var names = new LinkedHashSet<String>();
    expected.fieldNames().forEachRemaining(names::add);
    found.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .flatMap(name -> between(join(path, name), expected.path(name), found.path(name)).stream())
        .findFirst();
  }

  private Optional<String> items(String path, JsonNode expected, JsonNode found) {
    if (expected.size() != found.size()) {
      return Optional.of(
          "%s: %d items, expected %d".formatted(path, found.size(), expected.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      var difference = between(path + "[" + i + "]", expected.get(i), found.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String said(String path, JsonNode expected, JsonNode found) {
    return "%s: %s, expected %s".formatted(path, shown(found), shown(expected));
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
