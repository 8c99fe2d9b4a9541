package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A mapping inside a command turns into options: `{lr: 0.1, deep: true, net: {size: 2}}` into
/// `--lr 0.1 --deep --net.size 2`.
///
/// @param negated whether what is false is written as `--no-name` (`parsing.bool` of the settings
///     is `boolean_optional`) and not left out
/// @param repeated whether each item of a list has the option before it (`parsing.list` is
///     `append`) and not only the first
record CommandOptions(boolean negated, boolean repeated) {
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  /// @param where names the command in messages
  String text(Mapping options, String where) {
    var words = new ArrayList<String>();
    add(words, "", options, where);
    return String.join(" ", words);
  }

  private void add(List<String> words, String prefix, Mapping options, String where) {
    for (var entry : options.entries().entrySet()) {
      var name = prefix + YamlReader.text(entry.getKey());
      switch (entry.getValue()) {
        case Mapping nested -> add(words, name + ".", nested, where);
        case Bool(var on) when on -> words.add("--" + name);
        case Bool _ when negated -> words.add("--no-" + name);
        case Bool _ -> {}
        case Items(var values) -> addAll(words, name, values, where);
        case Value value -> {
          words.add("--" + name);
          words.add(quoted(value));
        }
      }
    }
  }

  private void addAll(List<String> words, String name, List<Value> values, String where) {
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      if (value instanceof Items || value instanceof Mapping) {
        throw new PipelineException(
            "%s: '%s' holds a list inside a list, which cannot become options"
                .formatted(where, name));
      }
      if (i == 0 || repeated) {
        words.add("--" + name);
      }
      words.add(quoted(value));
    }
  }

  private static String quoted(Value value) {
    if (!(value instanceof Value.Text(var text))) {
      return PythonText.of(value);
    }
    return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }
}
