package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Metric;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Points of one metric as numbers: 24 bytes each, where a list of [Metric] takes six times as
/// much.
final class PointColumns extends AbstractList<Metric> {
  private static final int BLOCK = 4096;
  private static final int NUMBERS = 3;

  private final String key;
  private final List<long[]> blocks = new ArrayList<>();
  private int size;

  PointColumns(String key) {
    this.key = key;
  }

  void append(double value, long timestamp, long step) {
    if (size % BLOCK == 0) {
      blocks.add(new long[BLOCK * NUMBERS]);
    }
    var block = blocks.getLast();
    var at = size % BLOCK * NUMBERS;
    block[at] = Double.doubleToLongBits(value);
    block[at + 1] = timestamp;
    block[at + 2] = step;
    size++;
  }

  void forgetLast() {
    size--;
  }

  @Override
  public Metric get(int index) {
    Objects.checkIndex(index, size);
    var block = blocks.get(index / BLOCK);
    var at = index % BLOCK * NUMBERS;
    return new Metric(key, Double.longBitsToDouble(block[at]), block[at + 1], block[at + 2]);
  }

  @Override
  public int size() {
    return size;
  }
}
