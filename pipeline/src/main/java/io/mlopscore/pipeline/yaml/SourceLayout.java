package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.YamlWriter.Layout;
import org.jspecify.annotations.Nullable;

/// Finds how a text is indented, so that additions look like what stands last.
final class SourceLayout {
  private final String text;
  private int indent;
  private int listIndent = -1;

  SourceLayout(String text) {
    this.text = text;
  }

  Layout of(@Nullable SourceNode root) {
    if (root != null) {
      look(root, -1);
    }
    return new Layout(
        indent > 0 ? indent : Layout.DVC.indent(),
        listIndent >= 0 ? listIndent : Layout.DVC.listIndent());
  }

  /// @param outer the column of the mapping around, -1 if there is none
  private void look(SourceNode node, int outer) {
    switch (node) {
      case SourceNode.Leaf _ -> {}
      case SourceNode.Sequence sequence when !sequence.flow() -> {
        if (outer >= 0 && text.charAt(sequence.start()) == '-') {
          listIndent = Math.max(0, column(sequence.start()) - outer);
        }
        sequence.items().forEach(item -> look(item, -1));
      }
      case SourceNode.Mapping mapping when !mapping.flow() && !mapping.entries().isEmpty() -> {
        int column = column(mapping.entries().getFirst().keyStart());
        indent = outer >= 0 ? column - outer : indent;
        mapping.entries().forEach(entry -> look(entry.value(), column));
      }
      case SourceNode.Sequence _, SourceNode.Mapping _ -> {}
    }
  }

  private int column(int offset) {
    return text.codePointCount(text.lastIndexOf('\n', offset - 1) + 1, offset);
  }
}
