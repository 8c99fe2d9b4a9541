package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ParamOverride.Operation;
import io.mlopscore.pipeline.yaml.Value;
import java.util.List;
import java.util.regex.Pattern;

/// Reads what `-S` says: `[file:]key=value`, with `+`, `++` or `~` before the key.
final class OverrideParser {
  static final String DEFAULT_FILE = "params.yaml";
  private static final Pattern KEY = Pattern.compile("[^\\s=,\\[\\]{}()'\"]+");

  private OverrideParser() {}

  /// @throws PipelineException when the text does not follow the grammar
  static ParamOverride parse(String text) {
    int equals = text.indexOf('=');
    var left = equals < 0 ? text : text.substring(0, equals);
    int colon = left.indexOf(':');
    var file = colon < 0 ? DEFAULT_FILE : left.substring(0, colon);
    var own = text.substring(colon + 1);
    var operation = operation(own);
    var rest = own.substring(operation.sign.length());
    int sign = rest.indexOf('=');
    var key = sign < 0 ? rest : rest.substring(0, sign);
    if (!KEY.matcher(key).matches()) {
      throw bad(text, "it needs the form [file:]key=value");
    }
    var names = List.of(key.split("\\.", -1));
    if (sign < 0) {
      if (operation != Operation.DELETE) {
        throw bad(text, "it has no '='; ~" + key + " would remove the parameter");
      }
      return new ParamOverride(file, own, operation, names, List.of(), false);
    }
    var read = new OverrideValue(text, rest.substring(sign + 1)).read();
    return new ParamOverride(file, own, operation, names, read.choices(), read.sweep());
  }

  private static Operation operation(String text) {
    return text.startsWith("++")
        ? Operation.PUT
        : text.startsWith("+")
            ? Operation.ADD
            : text.startsWith("~") ? Operation.DELETE : Operation.SET;
  }

  static PipelineException bad(String text, String why) {
    return new PipelineException("Invalid `--set-param` value '%s': %s".formatted(text, why));
  }

  /// What the right side holds.
  record Choices(List<Value> choices, boolean sweep) {
    Choices {
      choices = List.copyOf(choices);
    }
  }
}
