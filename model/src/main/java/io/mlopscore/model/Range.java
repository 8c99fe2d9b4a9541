package io.mlopscore.model;

/// The closed interval of values a model accepts for one input.
///
/// @param min the smallest accepted value
/// @param max the largest accepted value
public record Range(double min, double max) {
  public Range {
    if (!(min <= max)) {
      throw new IllegalArgumentException("range [" + min + ", " + max + "]: min is above max");
    }
  }

  public boolean contains(double value) {
    return min <= value && value <= max;
  }
}
