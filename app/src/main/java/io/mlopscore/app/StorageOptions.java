package io.mlopscore.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say where runs, models and artifacts are kept.
final class StorageOptions {
  @Option(names = "--backend-store-uri", description = "The database (sqlite:///mlflow.db).")
  private @Nullable String store;

  @Option(
      names = "--registry-store-uri",
      description = "Another database for the model registry (the same).")
  private @Nullable String registry;

  @Option(
      names = "--artifacts-destination",
      description = "Folder, s3:// or gs:// URI behind mlflow-artifacts:/ (mlartifacts).")
  private @Nullable String artifacts;

  @Option(
      names = "--default-artifact-root",
      description = "Where new experiments keep artifacts (mlflow-artifacts:/).")
  private @Nullable String artifactRoot;

  @Option(names = "--serve-artifacts", description = "Pass artifacts through the server (yes).")
  private boolean served;

  @Option(
      names = "--no-serve-artifacts",
      description = "Clients reach the place of artifacts themselves.")
  private boolean notServed;

  @Option(names = "--artifacts-only", description = "Pass artifacts through, track nothing.")
  private boolean only;

  void into(Map<String, String> flags) {
    ServerCommand.put(flags, "backend-store-uri", store);
    ServerCommand.put(flags, "registry-store-uri", registry);
    ServerCommand.put(flags, "artifacts-destination", artifacts);
    ServerCommand.put(flags, "default-artifact-root", artifactRoot);
    if (served || notServed) {
      flags.put("serve-artifacts", notServed ? "false" : "true");
    }
    ServerCommand.put(flags, "artifacts-only", only ? "true" : null);
  }
}
