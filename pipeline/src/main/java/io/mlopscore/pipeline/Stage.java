package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import java.nio.file.Path;
import java.util.List;

/// A stage of a `dvc.yaml`, its templates filled in.
///
/// @param directory where its commands run, absolute
/// @param frozen not reproduced even if what it reads changed
/// @param alwaysChanged run every time
/// @param description free text, empty if there is none
/// @param meta what the definition holds for tools other than `dvc`, null if nothing
public record Stage(
    String name,
    Path definition,
    String address,
    Path directory,
    Command command,
    List<Dependency> dependencies,
    List<ParamsFile> params,
    List<Output> outputs,
    List<UrlOutput> urlOutputs,
    boolean frozen,
    boolean alwaysChanged,
    String description,
    Value meta)
    implements Node {
  public Stage {
    dependencies = List.copyOf(dependencies);
    params = List.copyOf(params);
    outputs = List.copyOf(outputs);
    urlOutputs = List.copyOf(urlOutputs);
  }

  /// Of the address alone, which few stages share: stages are keys in many maps, and what they read
  /// and write would be gone through each time.
  @Override
  public int hashCode() {
    return address.hashCode();
  }

  /// A stage that reads and writes nothing that is known: it runs every time.
  boolean isCallback() {
    return dependencies.isEmpty() && params.isEmpty() && outputs.isEmpty() && urlOutputs.isEmpty();
  }

  /// Whether results of this stage can be found again by what went in.
  boolean fitsRunCache() {
    return !alwaysChanged
        && !outputs.isEmpty()
        && urlOutputs.isEmpty()
        && !(dependencies.isEmpty() && params.isEmpty())
        && dependencies.stream().noneMatch(Dependency::isElsewhere)
        && outputs.stream().noneMatch(Output::persist);
  }

  /// The file that records what it read and wrote last.
  public Path lockFile() {
    return definition.resolveSibling("dvc.lock");
  }
}
