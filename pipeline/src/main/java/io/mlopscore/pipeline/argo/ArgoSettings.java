package io.mlopscore.pipeline.argo;

import io.mlopscore.pipeline.PipelineException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where and as what a workflow runs.
///
/// @param name begins the names of its runs
/// @param image of the container; has `mlops` and what the stages call
/// @param claim the volume claim that holds the repository; every pod mounts it
/// @param directory of the repository in that volume, empty for its root
/// @param account the service account of the pods; empty for the namespace's default
public record ArgoSettings(
    String name, String image, String claim, String directory, Optional<String> account) {
  /// A Kubernetes name, short enough for what Argo adds to it.
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?");

  /// @throws PipelineException when Kubernetes would refuse the name
  public ArgoSettings {
    if (!NAME.matcher(name).matches()) {
      throw new PipelineException(
          "'%s' cannot name a workflow: use up to 50 lower-case letters, digits and '-'"
              .formatted(name));
    }
  }
}
