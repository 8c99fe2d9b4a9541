package io.mlopscore.tracking.search;

/// What is compared or ordered by.
///
/// @param key the name of an attribute as the [Vocabulary] has it, never an alias; otherwise the
///     key of the metric, param or tag, without quotes
public record Field(Kind kind, String key) {
  /// The part of an entity that a field belongs to, with MLflow's word for it.
  public enum Kind {
    METRIC("metric"),
    PARAM("parameter"),
    TAG("tag"),
    ATTRIBUTE("attribute"),
    DATASET("dataset"),
    /// What the program that made a trace said of it.
    METADATA("request_metadata"),
    SPAN("span"),
    FEEDBACK("feedback"),
    EXPECTATION("expectation"),
    ISSUE("issue");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
