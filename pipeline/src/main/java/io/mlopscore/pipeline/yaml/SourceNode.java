package io.mlopscore.pipeline.yaml;

import java.util.List;
import java.util.Optional;

/// A part of a YAML text with its place: from `start` up to `end`, anchors and tags included, blank
/// lines and comments behind it not.
sealed interface SourceNode {
  int start();

  int end();

  /// A scalar or an alias.
  record Leaf(int start, int end) implements SourceNode {}

  /// A list, in brackets (`flow`) or one item a line.
  record Sequence(int start, int end, boolean flow, List<SourceNode> items) implements SourceNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(int start, int end, boolean flow, List<Entry> entries) implements SourceNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    Optional<Entry> entry(Value key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /// @param key an alias or a collection as key counts as nothing
  record Entry(Value key, int keyStart, int keyEnd, SourceNode value) {}
}
