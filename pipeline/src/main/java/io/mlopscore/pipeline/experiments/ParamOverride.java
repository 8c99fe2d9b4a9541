package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.yaml.Value;
import java.util.List;
import java.util.Optional;

/// One change to a file of parameters, as `-S` gives it in the grammar of Hydra.
///
/// @param file where the parameter is, as typed
/// @param text without the file
/// @param key the names of nested parameters, joined by dots in the text
/// @param choices the values; several for a sweep, none to delete whatever is there
record ParamOverride(
    String file,
    String text,
    Operation operation,
    List<String> key,
    List<Value> choices,
    boolean sweep) {
  enum Operation {
    /// `x=1`: the parameter must be there.
    SET(""),
    /// `+x=1`: it must not be there.
    ADD("+"),
    /// `++x=1`: either.
    PUT("++"),
    /// `~x`: it goes.
    DELETE("~");

    final String sign;

    Operation(String sign) {
      this.sign = sign;
    }
  }

  ParamOverride {
    key = List.copyOf(key);
    choices = List.copyOf(choices);
  }

  String name() {
    return String.join(".", key);
  }

  Optional<Value> value() {
    return choices.stream().findFirst();
  }

  /// One of the changes that a sweep stands for.
  ParamOverride choose(Value choice) {
    var chosen = operation.sign + name() + "=" + OverrideValue.text(choice);
    return new ParamOverride(file, chosen, operation, key, List.of(choice), false);
  }
}
