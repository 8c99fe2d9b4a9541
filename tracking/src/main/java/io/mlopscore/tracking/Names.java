package io.mlopscore.tracking;

import java.util.List;
import java.util.regex.Pattern;

/// MLflow's rules for the names that callers choose
/// (https://mlflow.org/docs/latest/ml/tracking/tracking-api/).
public final class Names {
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_EXPERIMENT = 500;
  private static final int LONGEST_ALIAS = 255;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.\\- :/]+");
  private static final Pattern ALIAS = Pattern.compile("[\\w\\-]+");
  private static final Pattern URI_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/");
  private static final Pattern VERSION_ALIAS = Pattern.compile("[vV][0-9]+");

  private Names() {}

  /// The key of a metric, param or tag.
  ///
  /// @param what `metric`, `param` or `tag`
  public static String key(String what, String key) {
    require(!key.isEmpty(), "Missing value for required parameter 'key'.");
    require(
        key.length() <= LONGEST_KEY,
        what + " name '" + key + "' is longer than " + LONGEST_KEY + " characters.");
    require(
        KEY.matcher(key).matches() && isCleanPath(key),
        "Invalid value \""
            + key
            + "\" for parameter '"
            + what
            + " name' supplied: names may hold letters, digits, underscores, dashes, periods,"
            + " spaces, colons and slashes, and must read as a plain relative path.");
    return key;
  }

  private static boolean isCleanPath(String key) {
    if (key.startsWith("/") || key.endsWith("/") || key.contains("//")) {
      return false;
    }
    for (var part : key.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  public static String experiment(String name) {
    require(
        !name.isBlank(),
        "Missing value for required parameter 'name'. See the API docs for more information about"
            + " request parameters.");
    require(
        name.length() <= LONGEST_EXPERIMENT,
        "'name' exceeds the maximum length of " + LONGEST_EXPERIMENT + " characters");
    return name;
  }

  public static String registeredModel(String name) {
    require(!name.isBlank(), "Registered model name cannot be empty.");
    require(
        !name.contains("/") && !name.contains(":"),
        "Invalid name: '" + name + "'. Registered model names may not contain '/' or ':'.");
    return name;
  }

  public static String loggedModel(String name) {
    require(
        name.chars().noneMatch(c -> "/:.%\"'".indexOf(c) >= 0),
        "Invalid model name '" + name + "': it may not contain any of / : . % \" '");
    return name;
  }

  /// Where the files of a model version are: never a path that climbs out of its place.
  public static String source(String source) {
    require(
        !source.contains("#")
            && !source.contains("\\")
            && !List.of(source.split("/", -1)).contains(".."),
        "Invalid model version source: '" + source + "'. It may not contain '..', '#' or '\\'.");
    return source;
  }

  /// A source that somebody on another machine names: no file of this one.
  public static String remoteSource(String source) {
    require(
        URI_SCHEME.matcher(source).lookingAt() && !source.startsWith("file:"),
        "Invalid model version source: '"
            + source
            + "'. Name a logged model (models:/m-...), an artifact of a run (runs:/...) or a URI.");
    return source(source);
  }

  public static String alias(String alias) {
    require(!alias.isEmpty(), "Registered model alias name cannot be empty.");
    require(
        alias.length() <= LONGEST_ALIAS && ALIAS.matcher(alias).matches(),
        "Invalid alias name: '" + alias + "'. It may hold letters, digits, underscores, dashes.");
    require(
        !VERSION_ALIAS.matcher(alias).matches(), "Version alias name '" + alias + "' is reserved.");
    require(
        !alias.equalsIgnoreCase("latest"), "'latest' alias name (case insensitive) is reserved.");
    return alias;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
  }
}
