package io.mlopscore.tracking.search;

import java.util.List;
import java.util.function.Predicate;

/// What a search wants. [And] and the comparisons are MLflow's; [Or] and [Not] are ours.
///
/// `toString` is the text that [FilterParser] reads back as the same tree.
public sealed interface Filter {
  /// The filter that takes everything.
  static Filter all() {
    return new And(List.of());
  }

  /// All of the parts hold; with no parts, always.
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /// At least one part holds. Not in MLflow.
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /// The part does not hold, also where what it compares is absent. Not in MLflow.
  record Not(Filter part) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /// A field compared with a value. A param, tag or metric that is absent never matches, not even
  /// with `!=`.
  record Comparison(Field field, Operator operator, Value value) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /// A param or tag that is absent, or present.
  record Presence(Field field, boolean present) implements Filter {
    @Override
    public String toString() {
      return FilterText.of(this);
    }
  }

  /// Whether some field in the tree is such; the registry asks for the tag of prompts.
  default boolean mentions(Predicate<Field> wanted) {
    return switch (this) {
      case And(var parts) -> parts.stream().anyMatch(part -> part.mentions(wanted));
      case Or(var parts) -> parts.stream().anyMatch(part -> part.mentions(wanted));
      case Not(var part) -> part.mentions(wanted);
      case Comparison(var field, _, _) -> wanted.test(field);
      case Presence(var field, _) -> wanted.test(field);
    };
  }
}
