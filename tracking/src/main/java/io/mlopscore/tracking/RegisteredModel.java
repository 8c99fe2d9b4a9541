package io.mlopscore.tracking;

import java.util.Map;

/// A name in the registry under which versions gather.
///
/// @param creationTime milliseconds since the epoch
/// @param lastUpdatedTime milliseconds since the epoch
/// @param aliases the version that each alias points to
public record RegisteredModel(
    String name,
    String description,
    long creationTime,
    long lastUpdatedTime,
    Map<String, String> tags,
    Map<String, Integer> aliases) {
  public RegisteredModel {
    tags = Map.copyOf(tags);
    aliases = Map.copyOf(aliases);
  }
}
