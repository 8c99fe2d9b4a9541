package io.mlopscore.tracking;

import java.util.List;
import java.util.Map;

/// A name in the registry under which versions gather.
///
/// @param creationTime milliseconds since the epoch
/// @param lastUpdatedTime milliseconds since the epoch
/// @param latestVersions the newest version at each stage, without aliases
/// @param aliases the version that each alias points to
public record RegisteredModel(
    String name,
    String description,
    long creationTime,
    long lastUpdatedTime,
    List<ModelVersion> latestVersions,
    Map<String, String> tags,
    Map<String, Integer> aliases) {
  public RegisteredModel {
    latestVersions = List.copyOf(latestVersions);
    tags = Map.copyOf(tags);
    aliases = Map.copyOf(aliases);
  }
}
