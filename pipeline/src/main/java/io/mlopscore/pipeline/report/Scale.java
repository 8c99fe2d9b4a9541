package io.mlopscore.pipeline.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// An axis from one round number to another.
///
/// @param step between two ticks
record Scale(double from, double to, double step) {
  private static final int TICKS = 5;

  /// The smallest that has all values between its ends.
  static Scale of(Collection<Double> values) {
    double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    if (max - min <= Math.abs(max) * 1e-9) {
      double room = max == 0 ? 1 : Math.abs(max) * 0.1;
      min -= room;
      max += room;
    }
    double step = round((max - min) / TICKS);
    return new Scale(Math.floor(min / step) * step, Math.ceil(max / step) * step, step);
  }

  /// 1, 2 or 5 times a power of ten, and not less than asked for.
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    long steps = Math.round((to - from) / step);
    for (int i = 0; i <= steps; i++) {
      ticks.add(from + i * step);
    }
    return ticks;
  }

  /// How far along the axis a value is, from 0 to 1.
  double share(double value) {
    return (value - from) / (to - from);
  }
}
