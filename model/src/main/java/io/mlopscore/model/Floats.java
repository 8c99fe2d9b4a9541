package io.mlopscore.model;

import java.util.List;

/// Numbers as ONNX takes them: 32 bits.
final class Floats {
  private Floats() {}

  static float[] of(List<Float> values) {
    var floats = new float[values.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  /// Narrows a row.
  ///
  /// @throws ModelException if it has not as many values as the model takes
  static float[] row(double[] row, int features) {
    if (row.length != features) {
      throw new ModelException(
          "the model takes " + features + " values, but the row has " + row.length);
    }
    var floats = new float[row.length];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }
}
