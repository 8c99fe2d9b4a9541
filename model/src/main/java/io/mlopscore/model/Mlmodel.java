package io.mlopscore.model;

import java.util.List;
import java.util.Optional;

/// What the `MLmodel` file of a model folder says.
///
/// @param runId the run that made the model; empty outside a run
/// @param modelId the logged model that it is; empty if it is not logged
/// @param flavors the forms in which it is there, fastest first
public record Mlmodel(
    Signature signature,
    ModelDescription description,
    Optional<String> runId,
    Optional<String> modelId,
    List<Flavor> flavors) {
  public Mlmodel {
    flavors = List.copyOf(flavors);
  }
}
