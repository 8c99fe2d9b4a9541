package io.mlopscore.pipeline.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a YAML or JSON file, with the types Python would give it.
public sealed interface Value {
  /// Nothing: `null`, `~` or an empty value.
  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  /// An integer of any size.
  record Int(BigInteger value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  /// A date or time stamp, kept as written.
  record Moment(String text) implements Value {}

  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// Keys in the order of the file. Where they stood in it makes no difference between mappings.
  ///
  /// @param lines the line of each key, from 1; empty for a mapping that was not read from a file
  record Mapping(Map<Value, Value> entries, Map<Value, Integer> lines) implements Value {
    public static final Mapping EMPTY = new Mapping(Map.of());

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      lines = Map.copyOf(lines);
    }

    public Mapping(Map<Value, Value> entries) {
      this(entries, Map.of());
    }

    public Optional<Value> get(String key) {
      return Optional.ofNullable(entries.get(new Text(key)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Mapping mapping && entries.equals(mapping.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }

    /// The line of `key` in its file, 0 when unknown.
    public int line(Value key) {
      return lines.getOrDefault(key, 0);
    }

    /// The same mapping with one value set: in its old place, or at the end.
    public Mapping with(String key, Value value) {
      var changed = new LinkedHashMap<>(entries);
      changed.put(new Text(key), value);
      return new Mapping(changed, lines);
    }
  }

  static Value none() {
    return new Null();
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Int(BigInteger.valueOf(number));
  }

  /// The word Python uses for the type, for messages.
  default String typeName() {
    return switch (this) {
      case Null() -> "null";
      case Bool(_) -> "a boolean";
      case Int(_) -> "an integer";
      case Real(_) -> "a float";
      case Text(_) -> "a string";
      case Moment(_) -> "a date";
      case Items(_) -> "a list";
      case Mapping _ -> "a mapping";
    };
  }

  /// Equality as in Python, by which DVC compares parameters: `1`, `1.0` and `true` are equal, also
  /// inside lists and mappings; `1` and `'1'` are not; NaN differs from itself.
  default boolean same(Value other) {
    return switch (this) {
      case Bool(_), Int(_), Real(_) -> sameNumber(this, other);
      case Items(var mine) -> other instanceof Items(var theirs) && sameItems(mine, theirs);
      case Mapping mine -> other instanceof Mapping theirs && sameEntries(mine, theirs);
      case Null(), Text(_), Moment(_) -> equals(other);
    };
  }

  private static boolean sameItems(List<Value> mine, List<Value> theirs) {
    if (mine.size() != theirs.size()) {
      return false;
    }
    for (int i = 0; i < mine.size(); i++) {
      if (!mine.get(i).same(theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameEntries(Mapping mine, Mapping theirs) {
    if (mine.entries().size() != theirs.entries().size()) {
      return false;
    }
    return mine.entries().entrySet().stream()
        .allMatch(
            entry -> {
              var their = theirs.entries().get(entry.getKey());
              return their != null && entry.getValue().same(their);
            });
  }

  private static boolean sameNumber(Value mine, Value theirs) {
    if (mine instanceof Real(var a) && !Double.isFinite(a)) {
      return theirs instanceof Real(var b) && a == b;
    }
    if (theirs instanceof Real(var b) && !Double.isFinite(b)) {
      return false;
    }
    var a = number(mine);
    var b = number(theirs);
    return a.isPresent() && b.isPresent() && a.get().compareTo(b.get()) == 0;
  }

  private static Optional<BigDecimal> number(Value value) {
    return switch (value) {
      case Bool(var bool) -> Optional.of(bool ? BigDecimal.ONE : BigDecimal.ZERO);
      case Int(var integer) -> Optional.of(new BigDecimal(integer));
      case Real(var real) -> Optional.of(new BigDecimal(real));
      case Null(), Text(_), Moment(_), Items(_), Mapping _ -> Optional.empty();
    };
  }
}
