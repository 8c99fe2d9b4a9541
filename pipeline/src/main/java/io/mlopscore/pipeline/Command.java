package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import java.util.List;

/// What a stage runs: one text, or a list of texts.
///
/// The two differ to DVC even when they run the same: each line of a text is a shell of its own,
/// while an item of a list is one shell even with several lines.
public sealed interface Command {
  /// The texts handed to a shell, one after the other.
  List<String> shells();

  /// As it stands in dvc.lock.
  Value value();

  record Script(String text) implements Command {
    @Override
    public List<String> shells() {
      return text.lines().toList();
    }

    @Override
    public Value value() {
      return Value.of(text);
    }
  }

  record Sequence(List<String> texts) implements Command {
    public Sequence {
      texts = List.copyOf(texts);
    }

    @Override
    public List<String> shells() {
      return texts;
    }

    @Override
    public Value value() {
      return new Items(texts.stream().map(Value::of).toList());
    }
  }
}
