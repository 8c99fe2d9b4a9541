package io.mlopscore.tracking.search;

/// Whether active or deleted things are searched.
public enum ViewType {
  ACTIVE_ONLY(1),
  DELETED_ONLY(2),
  ALL(3);

  private final int number;

  ViewType(int number) {
    this.number = number;
  }

  /// Its number in MLflow's protocol buffers.
  public int number() {
    return number;
  }
}
