package io.mlopscore.tracking.http;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The filters of the registry that are served: a name, and without prompts, which MLflow keeps as
/// registered models with a tag.
///
/// @param name the only name wanted; empty for all
record RegistryFilter(Optional<String> name) {
  private static final String PROMPT_TAG = "mlflow.prompt.is_prompt";
  private static final Pattern WITHOUT_PROMPTS =
      Pattern.compile("tags?\\.`mlflow\\.prompt\\.is_prompt`\\s*!=\\s*'true'");
  private static final Pattern BY_NAME = Pattern.compile("name\\s*=\\s*'([^']*)'");
  private static final Pattern AND = Pattern.compile("\\s+AND\\s+", Pattern.CASE_INSENSITIVE);

  static RegistryFilter of(Call call) {
    var name = Optional.<String>empty();
    for (var clause : AND.split(call.text("filter").strip(), -1)) {
      var byName = BY_NAME.matcher(clause);
      if (byName.matches()) {
        name = Optional.of(byName.group(1));
      } else if (!clause.isEmpty() && !WITHOUT_PROMPTS.matcher(clause).matches()) {
        Unserved.filter(call);
      }
    }
    return new RegistryFilter(name);
  }

  boolean takes(String name, Map<String, String> tags) {
    return this.name.map(name::equals).orElse(true) && !"true".equals(tags.get(PROMPT_TAG));
  }
}
