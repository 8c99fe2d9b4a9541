package io.mlopscore.model.onnx;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;

/// Whole numbers without an object for each: a forest has millions.
final class LongValues extends AbstractList<Long> {
  private long[] values = {};
  private int size;

  void append(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size + size / 2));
    }
    values[size++] = value;
  }

  @Override
  public Long get(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }
}
