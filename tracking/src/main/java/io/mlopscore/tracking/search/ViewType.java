package io.mlopscore.tracking.search;

/// Whether active or deleted things are searched.
public enum ViewType {
  ACTIVE_ONLY,
  DELETED_ONLY,
  ALL
}
