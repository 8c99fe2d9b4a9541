package io.mlopscore.tracking;

import java.util.regex.Pattern;

/// MLflow's rules for the names that callers choose
/// (https://mlflow.org/docs/latest/ml/tracking/tracking-api/).
public final class Names {
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_EXPERIMENT = 500;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.\\- :/]+");

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

  public static String loggedModel(String name) {
    require(
        name.chars().noneMatch(c -> "/:.%\"'".indexOf(c) >= 0),
        "Invalid model name '" + name + "': it may not contain any of / : . % \" '");
    return name;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
  }
}
