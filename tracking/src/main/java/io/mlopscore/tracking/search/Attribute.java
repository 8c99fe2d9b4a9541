package io.mlopscore.tracking.search;

import java.util.Set;

/// An attribute that may be searched.
///
/// @param name as the database of MLflow or its messages call it
/// @param numeric whether it is compared with numbers
/// @param operators what it may be compared with; empty if it only orders
/// @param orderable whether results may be sorted by it
/// @param whole whether only whole numbers are taken
public record Attribute(
    String name, boolean numeric, Set<Operator> operators, boolean orderable, boolean whole) {
  static Attribute text(String name) {
    return new Attribute(name, false, Operator.TEXT, true, false);
  }

  static Attribute listed(String name) {
    return new Attribute(name, false, Operator.TEXT_OR_LIST, true, false);
  }

  static Attribute number(String name) {
    return new Attribute(name, true, Operator.NUMERIC, true, false);
  }

  static Attribute whole(String name) {
    return new Attribute(name, true, Operator.NUMERIC, true, true);
  }

  static Attribute filterOnly(Attribute attribute) {
    return new Attribute(
        attribute.name, attribute.numeric, attribute.operators, false, attribute.whole);
  }

  static Attribute matched(Attribute attribute) {
    return new Attribute(
        attribute.name,
        attribute.numeric,
        Operator.withRlike(attribute.operators),
        attribute.orderable,
        attribute.whole);
  }

  static Attribute orderOnly(String name) {
    return new Attribute(name, true, Set.of(), true, false);
  }
}
