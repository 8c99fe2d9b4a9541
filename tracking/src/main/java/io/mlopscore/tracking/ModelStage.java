package io.mlopscore.tracking;

import java.util.Arrays;
import java.util.stream.Collectors;

/// MLflow's old stages of a model version; aliases replaced them in MLflow 2.9.
public enum ModelStage {
  NONE("None"),
  STAGING("Staging"),
  PRODUCTION("Production"),
  ARCHIVED("Archived");

  private final String word;

  ModelStage(String word) {
    this.word = word;
  }

  /// As MLflow writes it.
  public String word() {
    return word;
  }

  /// Whether models at this stage are in use.
  public boolean isActive() {
    return this == STAGING || this == PRODUCTION;
  }

  /// @param text the word in any case
  public static ModelStage of(String text) {
    return Arrays.stream(values())
        .filter(stage -> stage.word.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid Model Version stage: "
                        + text
                        + ". Value must be one of "
                        + Arrays.stream(values())
                            .map(ModelStage::word)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
