package io.mlopscore.serving;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Scorer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Where models come from. Asked again and again while serving, so that a new version is noticed.
public interface ModelSource {
  /// What should be served now; cheap. Empty if there is nothing.
  ///
  /// @throws UnreachableException if whoever knows cannot be asked
  Optional<Release> current() throws IOException;

  /// Brings a release to this machine and opens it.
  ///
  /// @throws io.mlopscore.model.ModelException if it is not a model that can be served
  Fetched fetch(Release release) throws IOException;

  /// Told now and then which model is served, for sources that keep copies.
  void keep(ModelFolder served) throws IOException;

  /// What was served last, for a start at which [#current] gives no answer; empty for sources that
  /// need none, since they are on this machine.
  Optional<ReleaseMemory> memory();

  /// For messages: what is looked at, and where.
  String describe();

  /// @param scorer the model in memory; whoever fetched it closes it
  /// @param metrics the results of its evaluation, by name (`accuracy`, `precision`, `recall`,
  ///     `f1_score`); may lack any
  record Fetched(ModelFolder folder, Scorer scorer, Map<String, Double> metrics) {
    public Fetched {
      metrics = Map.copyOf(metrics);
    }
  }
}
