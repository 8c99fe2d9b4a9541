package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mapping inside a command turns into options: `{lr: 0.1, deep: true, net: {size: 2}}` into
/// `--lr 0.1 --deep --net.size 2`.
final class CommandOptions {
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  private CommandOptions() {}

  /// Replaces the placeholders that stand for a mapping; leaves the others.
  static String in(String text, Pattern placeholder, Function<String, Value> lookUp) {
    return placeholder
        .matcher(text)
        .replaceAll(
            found -> {
              var plain = found.group();
              if (found.group(1) == null
                  && lookUp.apply(found.group(2)) instanceof Mapping options) {
                plain = text(options);
              }
              return Matcher.quoteReplacement(plain);
            });
  }

  private static String text(Mapping options) {
    var words = new ArrayList<String>();
    add(words, "", options);
    return String.join(" ", words);
  }

  private static void add(List<String> words, String prefix, Mapping options) {
    for (var entry : options.entries().entrySet()) {
      var option = prefix + YamlReader.text(entry.getKey());
      switch (entry.getValue()) {
        case Mapping nested -> add(words, option + ".", nested);
        case Bool(var on) -> {
          if (on) {
            words.add("--" + option);
          }
        }
        case Items(var values) -> {
          words.add("--" + option);
          values.forEach(value -> words.add(quoted(value)));
        }
        case Value value -> {
          words.add("--" + option);
          words.add(quoted(value));
        }
      }
    }
  }

  private static String quoted(Value value) {
    var text = value instanceof Value.Null ? "None" : YamlReader.text(value);
    boolean bare = !(value instanceof Value.Text) || SAFE.matcher(text).matches();
    return bare ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }
}
