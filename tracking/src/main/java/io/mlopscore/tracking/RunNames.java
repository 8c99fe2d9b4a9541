package io.mlopscore.tracking;

import java.util.random.RandomGenerator;

/// Names for runs and models that were given none, such as `patient-otter-417`.
public final class RunNames {
  private static final String[] ADJECTIVES = {
    "able", "agile", "amber", "bold", "brave", "bright", "calm", "clever", "crisp", "eager",
    "fair", "fast", "fine", "gentle", "golden", "grand", "happy", "honest", "keen", "kind",
    "lively", "lucid", "mellow", "merry", "mild", "neat", "noble", "patient", "plain", "polite",
    "quick", "quiet", "rare", "ready", "rosy", "sharp", "silent", "smart", "steady", "sunny",
    "sure", "swift", "tidy", "vivid", "warm", "wise"
  };
  private static final String[] NOUNS = {
    "ant", "ash", "bear", "bee", "birch", "crane", "crow", "deer", "dove", "eagle",
    "elm", "fern", "finch", "fox", "gull", "hare", "hawk", "heron", "ibis", "iris",
    "jay", "koala", "lark", "lily", "lynx", "maple", "mole", "moth", "newt", "oak",
    "otter", "owl", "pine", "quail", "rook", "rose", "seal", "shrew", "stork", "swan",
    "tern", "toad", "trout", "tulip", "vole", "wolf", "wren", "yew"
  };

  private final RandomGenerator random;

  public RunNames(RandomGenerator random) {
    this.random = random;
  }

  /// A fresh name of at most 20 characters.
  public String next() {
    return pick(ADJECTIVES) + "-" + pick(NOUNS) + "-" + random.nextInt(1000);
  }

  private String pick(String[] words) {
    return words[random.nextInt(words.length)];
  }
}
