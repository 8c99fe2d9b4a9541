package io.mlopscore.pipeline.remote;

/// Hears what was left out on the way, such as a revision that cannot be read.
public interface Warnings {
  void warn(String message);
}
