package io.mlopscore.tracking;

/// Something that was deleted, but is still kept so that it can be restored.
///
/// @param experimentId the experiment that it is in, or is
/// @param name its name; empty if it has none
/// @param artifactUri where its files are; empty if nobody knows
/// @param deletedTime when it was deleted, milliseconds since the epoch; 0 if nobody knows
public record Garbage(
    Kind kind, String id, String experimentId, String name, String artifactUri, long deletedTime) {
  /// In the order in which they must go.
  public enum Kind {
    RUN,
    LOGGED_MODEL,
    EXPERIMENT
  }
}
