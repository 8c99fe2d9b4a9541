package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Scorer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A model in memory, ready to score; counts who still uses it, so that it is closed after the
/// last request, not under it.
public final class ServedModel {
  private static final int MAX_LABELS = 20;

  private final Release release;
  private final ModelFolder folder;
  private final Scorer scorer;
  private final Map<String, Double> metrics;
  private final RowReader rows;
  private final AnswerWriter answers;
  private final Header versionHeader;
  private final AtomicInteger users = new AtomicInteger(1);

  private ServedModel(Release release, ModelSource.Fetched fetched) {
    this.release = release;
    this.folder = fetched.folder();
    this.metrics = fetched.metrics();
    this.scorer = fetched.scorer();
    this.rows = new RowReader(folder.signature().inputs(), folder.description().ranges());
    this.answers = new AnswerWriter(scorer.classes());
    this.versionHeader =
        HeaderValues.createCached(PredictEndpoint.MODEL_VERSION, release.version());
  }

  /// Takes a model and lets it prove itself on its own input example.
  ///
  /// @throws ModelException if it cannot be served, or gives nonsense; its scorer is closed then
  static ServedModel load(Release release, ModelSource.Fetched fetched) {
    try {
      var model = new ServedModel(release, fetched);
      SelfTest.run(model);
      return model;
    } catch (RuntimeException e) {
      fetched.scorer().close();
      throw e;
    }
  }

  public Release release() {
    return release;
  }

  public ModelFolder folder() {
    return folder;
  }

  /// The labels, in the order of the probabilities.
  public List<String> classes() {
    return scorer.classes();
  }

  public Map<String, Double> metrics() {
    return metrics;
  }

  /// The label for metrics. A model with very many classes does not get a series for each.
  String label(int position) {
    return classes().size() <= MAX_LABELS ? classes().get(position) : "other";
  }

  Header versionHeader() {
    return versionHeader;
  }

  RowReader rows() {
    return rows;
  }

  AnswerWriter answers() {
    return answers;
  }

  double[] probabilities(double[] row) {
    return scorer.probabilities(row);
  }

  /// Takes hold of it for one request.
  ///
  /// @return false if it is closed already; then it must not be used
  boolean retain() {
    int count;
    do {
      count = users.get();
      if (count == 0) {
        return false;
      }
    } while (!users.compareAndSet(count, count + 1));
    return true;
  }

  /// Lets it go; the last one closes it.
  void letGo() {
    if (users.decrementAndGet() == 0) {
      scorer.close();
    }
  }
}
