package io.mlopscore.pipeline.config;

/// Whose settings a file holds; later ones win.
public enum ConfigLevel {
  SYSTEM,
  GLOBAL,
  /// `.dvc/config`, which git keeps.
  PROJECT,
  /// `.dvc/config.local`, which git ignores: the place for secrets.
  LOCAL;

  public boolean isOfRepository() {
    return this == PROJECT || this == LOCAL;
  }
}
