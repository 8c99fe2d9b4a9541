package io.mlopscore.tracking.search;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The comparators of MLflow's filters.
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("!="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  LIKE("LIKE"),
  ILIKE("ILIKE"),
  IN("IN"),
  NOT_IN("NOT IN"),
  RLIKE("RLIKE");

  static final Set<Operator> NUMERIC =
      EnumSet.of(EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL);
  static final Set<Operator> TEXT = EnumSet.of(EQUAL, NOT_EQUAL, LIKE, ILIKE);
  static final Set<Operator> TEXT_OR_NUMERIC = EnumSet.range(EQUAL, ILIKE);
  static final Set<Operator> LIST = EnumSet.of(IN, NOT_IN);
  static final Set<Operator> TEXT_OR_LIST = EnumSet.of(EQUAL, NOT_EQUAL, LIKE, ILIKE, IN, NOT_IN);

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /// The comparator as a filter and SQL write it.
  public String symbol() {
    return symbol;
  }

  /// The same, and regular expressions, which only traces are searched by.
  static Set<Operator> withRlike(Set<Operator> operators) {
    var all = EnumSet.copyOf(operators);
    all.add(RLIKE);
    return all;
  }

  static Optional<Operator> of(String symbol) {
    var upper = symbol.toUpperCase(Locale.ROOT);
    for (var operator : values()) {
      if (operator.symbol.equals(upper)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
