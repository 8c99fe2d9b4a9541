package io.mlopscore.tracking.search;

import java.util.Set;

/// An attribute that may be searched.
///
/// @param name as the database of MLflow or its messages call it
/// @param numeric whether it is compared with numbers
/// @param operators what it may be compared with; empty if it only orders
/// @param orderable whether results may be sorted by it
public record Attribute(String name, boolean numeric, Set<Operator> operators, boolean orderable) {
  static Attribute text(String name) {
    return new Attribute(name, false, Operator.TEXT, true);
  }

  static Attribute listed(String name) {
    return new Attribute(name, false, Operator.TEXT_OR_LIST, true);
  }

  static Attribute number(String name) {
    return new Attribute(name, true, Operator.NUMERIC, true);
  }

  static Attribute filterOnly(Attribute attribute) {
    return new Attribute(attribute.name, attribute.numeric, attribute.operators, false);
  }

  static Attribute orderOnly(String name) {
    return new Attribute(name, true, Set.of(), true);
  }
}
