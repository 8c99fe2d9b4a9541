package io.mlopscore.tracking;

import java.util.ArrayDeque;
import java.util.regex.Pattern;

/// MLflow's rules for the names, tags and aliases in the model registry, in its words
/// (https://mlflow.org/docs/latest/ml/model-registry/).
public final class RegistryNames {
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_VALUE = 100_000;
  private static final int LONGEST_ALIAS = 255;
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_.\\- :/]*");
  private static final Pattern ALIAS = Pattern.compile("[\\p{L}\\p{N}_\\-]*");
  private static final Pattern VERSION_ALIAS = Pattern.compile("[vV]\\p{Nd}+");

  private RegistryNames() {}

  /// The name of a registered model that exists or is to be made.
  public static String model(String name) {
    return model("name", name);
  }

  /// The name that a registered model gets instead of its own.
  public static String newModel(String name) {
    return model("new_name", name);
  }

  private static String model(String parameter, String name) {
    require(!name.isBlank(), "Missing value for required parameter '" + parameter + "'.");
    require(
        !name.contains("/") && !name.contains(":"),
        "Invalid model name '" + name + "'. Names cannot contain '/' or ':'.");
    requirePlainPath("name", name);
    return name;
  }

  /// The key of a tag.
  public static String tagKey(String key) {
    require(
        KEY.matcher(key).matches(),
        "Invalid value \""
            + key
            + "\" for parameter 'key' supplied: Names may only contain alphanumerics, underscores"
            + " (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).");
    requirePlainPath("key", key);
    return key;
  }

  /// A tag to be written.
  public static void tag(String key, String value) {
    requireLength("key", tagKey(key), LONGEST_KEY);
    require(
        length(value) <= LONGEST_VALUE || !key.equals(Prompts.TEXT_TAG),
        "Prompt text exceeds max length of " + LONGEST_VALUE + " characters.");
    requireLength("value", value, LONGEST_VALUE);
  }

  /// An alias that is looked for.
  public static String alias(String alias) {
    require(!alias.isEmpty(), "Registered model alias name cannot be empty.");
    require(
        ALIAS.matcher(alias).matches(),
        "Invalid alias name: '"
            + alias
            + "'. Names may only contain alphanumerics, underscores (_), and dashes (-).");
    requireLength("Registered model alias name", alias, LONGEST_ALIAS);
    return alias;
  }

  /// An alias to be set: some names have a meaning of their own.
  public static String newAlias(String alias) {
    require(!isLatest(alias(alias)), "'latest' alias name (case insensitive) is reserved.");
    require(
        !VERSION_ALIAS.matcher(alias).matches(), "Version alias name '" + alias + "' is reserved.");
    return alias;
  }

  /// Whether an alias stands for the newest version, whatever it is.
  public static boolean isLatest(String alias) {
    return alias.equalsIgnoreCase("latest");
  }

  private static void requirePlainPath(String parameter, String name) {
    var normal = normal(name);
    require(
        normal.equals(name)
            && !normal.equals(".")
            && !normal.startsWith("..")
            && !normal.startsWith("/"),
        "Invalid value \""
            + name
            + "\" for parameter '"
            + parameter
            + "' supplied: Names may be treated as files in certain cases, and must not resolve to"
            + " other names when treated as such. This name would resolve to '"
            + normal
            + "'");
  }

  /// A name as a path without detours.
  private static String normal(String name) {
    var root = name.startsWith("/") ? "/" : "";
    var parts = new ArrayDeque<String>();
    for (var part : name.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    var path = root + String.join("/", parts);
    return path.isEmpty() ? "." : path;
  }

  private static void requireLength(String what, String text, int most) {
    require(
        length(text) <= most,
        "'" + what + "' exceeds the maximum length of " + most + " characters");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
  }
}
