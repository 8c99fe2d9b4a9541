package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.HashMap;
import java.util.List;

/// The lines of a list of mappings in block style, cut into its items: each can be changed by
/// itself, so that many changes of a long list take no longer than reading it a few times.
///
/// @param before the text up to the first item
/// @param pieces the lines of each item, with the comments right above it
/// @param after the text behind the last item
/// @param column of the dashes
record ItemLines(
    String before, List<String> pieces, String after, int column, YamlWriter.Layout layout) {

  /// The whole text with other items. What an item does not change keeps its text.
  ///
  /// @param old what the pieces say
  /// @param key by whose value an item is known again
  String with(List<Value> old, List<Value> wanted, Value key) {
    var known = new HashMap<Value, Integer>();
    for (int i = 0; i < old.size(); i++) {
      known.put(value(old.get(i), key), i);
    }
    var text = new StringBuilder(before);
    for (var item : wanted) {
      var index = known.get(value(item, key));
      text.append(index == null ? fresh(item) : changed(pieces.get(index), item));
    }
    return text.append(after).toString();
  }

  private static Value value(Value item, Value key) {
    return item instanceof Mapping mapping
        ? mapping.entries().getOrDefault(key, Value.none())
        : Value.none();
  }

  private String fresh(Value item) {
    return YamlWriter.block(new Items(List.of(item)), column, layout) + "\n";
  }

  /// An item by itself is a list of one.
  private static String changed(String piece, Value item) {
    return new YamlDocument("an item", piece).update(YamlDocument.path(0), item).text();
  }
}
