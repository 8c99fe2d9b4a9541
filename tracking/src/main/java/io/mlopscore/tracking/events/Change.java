package io.mlopscore.tracking.events;

/// Something that is different now. It is published after the write that made it so is durable,
/// never before, and not at all if the write was refused.
public sealed interface Change permits RunChange, RegistryChange {
  /// About how many bytes of memory it takes to keep.
  int weight();

  /// The weight of a change that holds these texts.
  static int weightOf(String... texts) {
    var weight = 128;
    for (var text : texts) {
      weight += 32 + 2 * text.length();
    }
    return weight;
  }
}
