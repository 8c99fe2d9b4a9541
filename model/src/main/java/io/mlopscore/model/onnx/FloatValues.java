package io.mlopscore.model.onnx;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;

/// Floats without an object for each: a forest has millions.
final class FloatValues extends AbstractList<Float> {
  private float[] values;
  private int size;

  /// @param size how many zeros it begins with
  FloatValues(int size) {
    this.values = new float[size];
    this.size = size;
  }

  void append(float value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + size / 2));
    }
    values[size++] = value;
  }

  @Override
  public Float set(int index, Float value) {
    var before = get(index);
    values[index] = value;
    return before;
  }

  @Override
  public Float get(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }
}
