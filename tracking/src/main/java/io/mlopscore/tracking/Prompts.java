package io.mlopscore.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How MLflow keeps prompts: as registered models with a tag, whose versions hold the text in
/// another (https://mlflow.org/docs/latest/genai/prompt-registry/).
public final class Prompts {
  /// `true` on a registered model, and on a version, that is a prompt.
  public static final String TAG = "mlflow.prompt.is_prompt";

  /// The tag of a version that holds the text of the prompt.
  public static final String TEXT_TAG = "mlflow.prompt.text";

  private static final Set<String> SOURCES = Set.of("dummy-source", "prompt-template");

  private Prompts() {}

  public static boolean isPrompt(Map<String, String> tags) {
    return tags.getOrDefault(TAG, "false").equalsIgnoreCase("true");
  }

  /// A prompt has no files; its clients send a word in place of a source.
  static void requirePlaceholder(String source) {
    if (!SOURCES.contains(source)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Invalid prompt source: '"
              + source
              + "'. Prompt sources must use an MLflow placeholder.");
    }
  }

  /// Says that a name is taken; models and prompts share their names.
  public static TrackingException taken(
      String name, Map<String, String> old, Map<String, String> fresh) {
    var oldKind = old.containsKey(TAG) ? "Prompt" : "Registered Model";
    var newKind = fresh.containsKey(TAG) ? "Prompt" : "Registered Model";
    return new TrackingException(
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        oldKind.equals(newKind)
            ? newKind + " (name=" + name + ") already exists."
            : "Tried to create a "
                + newKind.toLowerCase(Locale.ROOT)
                + " with name '"
                + name
                + "', but the name is already taken by a "
                + oldKind.toLowerCase(Locale.ROOT)
                + ". MLflow does not allow creating a model and a prompt with the same name.");
  }
}
