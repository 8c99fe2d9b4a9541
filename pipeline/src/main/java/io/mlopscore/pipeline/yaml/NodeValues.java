package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns the nodes of one document into values: merge keys applied, duplicate keys refused.
final class NodeValues {
  /// Marks an unquoted scalar without a tag.
  static final Tag PLAIN = new Tag("tag:mlopscore,2026:plain");

  /// How many values a document may have once its aliases are written out.
  private static final long MAX_VALUES = 5_000_000;

  private static final int MAX_DEPTH = 500;

  private final String name;
  private final Map<Node, Value> done = new HashMap<>();
  private final Map<Node, Long> sizes = new HashMap<>();
  private final Map<Node, Boolean> open = new HashMap<>();

  NodeValues(String name) {
    this.name = name;
  }

  Value value(Node node) {
    var known = done.get(node);
    if (known != null) {
      return known;
    }
    if (open.size() >= MAX_DEPTH) {
      throw new YamlException(at(node) + ": nested more than " + MAX_DEPTH + " deep");
    }
    if (open.put(node, true) != null) {
      throw new YamlException(at(node) + ": a value contains itself through an alias");
    }
    var value = build(node);
    open.remove(node);
    done.put(node, value);
    return value;
  }

  private Value build(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> items(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> throw new YamlException(at(node) + ": unexpected node " + node.getNodeType());
    };
  }

  private Value scalar(ScalarNode node) {
    sizes.put(node, 1L);
    var tag = node.getTag();
    if (tag.equals(Tag.STR) || tag.getValue().equals("!")) {
      return new Text(node.getValue());
    }
    return PlainScalar.parse(node.getValue());
  }

  private Value items(SequenceNode node) {
    var values = new ArrayList<Value>();
    long size = 1;
    for (var child : node.getValue()) {
      values.add(value(child));
      size += size(child);
    }
    bound(node, size);
    return new Items(values);
  }

  private Value mapping(MappingNode node) {
    var entries = new LinkedHashMap<Value, Value>();
    var lines = new LinkedHashMap<Value, Integer>();
    var merged = new ArrayList<Mapping>();
    long size = 1;
    for (var pair : node.getValue()) {
      if (isMerge(pair)) {
        merged.addAll(merged(pair.getValueNode()));
      } else {
        var key = value(pair.getKeyNode());
        lines.put(key, line(pair.getKeyNode()));
        if (entries.put(key, value(pair.getValueNode())) != null) {
          throw new YamlException(
              "%s: the key '%s' appears twice"
                  .formatted(at(pair.getKeyNode()), YamlReader.text(key)));
        }
      }
      size += 1 + size(pair.getValueNode());
    }
    bound(node, size);
    return new Mapping(underneath(merged, entries), lines);
  }

  private static boolean isMerge(NodeTuple pair) {
    return pair.getKeyNode() instanceof ScalarNode key
        && key.getTag().equals(PLAIN)
        && key.getValue().equals("<<");
  }

  private List<Mapping> merged(Node node) {
    return switch (value(node)) {
      case Mapping mapping -> List.of(mapping);
      case Items(var values) when values.stream().allMatch(Mapping.class::isInstance) ->
          values.stream().map(Mapping.class::cast).toList();
      case Value other ->
          throw new YamlException(
              "%s: '<<' needs a mapping or a list of mappings, not %s"
                  .formatted(at(node), other.typeName()));
    };
  }

  /// Merged keys come first and give way to the mapping's own; of several, the earlier wins.
  private static Map<Value, Value> underneath(List<Mapping> merged, Map<Value, Value> own) {
    if (merged.isEmpty()) {
      return own;
    }
    var all = new LinkedHashMap<Value, Value>();
    for (var mapping : merged) {
      mapping.entries().forEach(all::putIfAbsent);
    }
    all.putAll(own);
    return all;
  }

  private long size(Node node) {
    return sizes.getOrDefault(node, 1L);
  }

  private void bound(Node node, long size) {
    if (size > MAX_VALUES) {
      throw new YamlException(
          at(node) + ": the aliases expand to more than " + MAX_VALUES + " values");
    }
    sizes.put(node, size);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private String at(Node node) {
    return name + ":" + line(node);
  }
}
