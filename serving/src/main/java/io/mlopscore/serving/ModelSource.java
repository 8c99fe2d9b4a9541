package io.mlopscore.serving;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Scorer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Where models come from. Asked again and again while serving, so that a new version is noticed.
public interface ModelSource {
  /// What should be served now; cheap. Empty if there is nothing.
  Optional<Release> current() throws IOException;

  /// Brings a release to this machine and opens it.
  ///
  /// @throws io.mlopscore.model.ModelException if it is not a model that can be served
  Fetched fetch(Release release) throws IOException;

  /// Told now and then which model is served, for sources that keep copies.
  void keep(ModelFolder served) throws IOException;

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
