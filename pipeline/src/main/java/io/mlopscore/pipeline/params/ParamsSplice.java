package io.mlopscore.pipeline.params;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Works out which parts of a text of parameters change when values do; all other bytes stay.
final class ParamsSplice {
  /// How one kind of file is written.
  interface Notation {
    /// Where a value stands; empty for what is spread over the text, such as a table.
    Optional<Span> place(List<Value> path);

    String literal(Value value);

    List<Edit> add(List<Value> path, Value value);

    List<Edit> remove(List<Value> path);
  }

  /// @param replacement takes the place of a part of the text
  record Edit(Span part, String replacement) {}

  private final Notation notation;
  private final List<Edit> edits = new ArrayList<>();

  private ParamsSplice(Notation notation) {
    this.notation = notation;
  }

  static String of(String text, Value before, Value wanted, Notation notation) {
    var splice = new ParamsSplice(notation);
    splice.compare(List.of(), before, wanted);
    splice.edits.sort(Comparator.comparing(edit -> edit.part().start()));
    var changed = new StringBuilder();
    int at = 0;
    for (var edit : splice.edits) {
      changed.append(text, at, edit.part().start()).append(edit.replacement());
      at = edit.part().end();
    }
    return changed.append(text, at, text.length()).toString();
  }

  private void compare(List<Value> path, Value before, Value wanted) {
    if (before.equals(wanted)) {
      return;
    }
    var place = notation.place(path);
    if (before instanceof Mapping old
        && wanted instanceof Mapping now
        && (place.isEmpty() || old.entries().keySet().equals(now.entries().keySet()))) {
      entries(path, old, now);
    } else if (before instanceof Items(var old)
        && wanted instanceof Items(var now)
        && old.size() == now.size()) {
      for (int i = 0; i < old.size(); i++) {
        compare(longer(path, Value.of(i)), old.get(i), now.get(i));
      }
    } else if (place.isPresent()) {
      edits.add(new Edit(place.get(), notation.literal(wanted)));
    } else {
      edits.addAll(notation.remove(path));
      edits.addAll(notation.add(path, wanted));
    }
  }

  private void entries(List<Value> path, Mapping before, Mapping wanted) {
    wanted
        .entries()
        .forEach(
            (key, value) -> {
              var old = before.entries().get(key);
              if (old == null) {
                edits.addAll(notation.add(longer(path, key), value));
              } else {
                compare(longer(path, key), old, value);
              }
            });
    for (var key : before.entries().keySet()) {
      if (!wanted.entries().containsKey(key)) {
        edits.addAll(notation.remove(longer(path, key)));
      }
    }
  }

  private static List<Value> longer(List<Value> path, Value step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  /// A string that TOML and Python read alike.
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> out.append(c < ' ' || c == 0x7f ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }
}
