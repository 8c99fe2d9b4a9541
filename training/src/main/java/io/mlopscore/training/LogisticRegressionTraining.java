package io.mlopscore.training;

import io.mlopscore.model.LinearModel;
import io.mlopscore.model.onnx.OnnxExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.AbstractSGDTrainer;
import org.tribuo.math.optimisers.AdaGrad;

/// Multinomial logistic regression by Tribuo, on features of mean 0 and deviation 1. The
/// standardization is folded into the coefficients, so that the model takes plain rows.
final class LogisticRegressionTraining {
  private static final int MINIBATCH = 1;
  private static final int NO_LOGGING = -1;

  /// Announces each training; kept here, as loggers without owner are lost.
  private static final Logger ANNOUNCEMENTS = Logger.getLogger(AbstractSGDTrainer.class.getName());

  private final Table table;
  private final Standardization standardization;

  private LogisticRegressionTraining(Table table) {
    this.table = table;
    this.standardization = Standardization.of(table);
  }

  static TrainedModel train(Algorithm.LogisticRegression settings, Table table) {
    ANNOUNCEMENTS.setLevel(Level.WARNING);
    var training = new LogisticRegressionTraining(table);
    var trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            new AdaGrad(settings.learningRate()),
            settings.epochs(),
            NO_LOGGING,
            MINIBATCH,
            settings.seed());
    var model = trainer.train(Examples.of(training.standardization.apply(table)));
    return new TrainedModel(
        table.classes(), Map.of(TrainedModel.ONNX, OnnxExport.of(training.plain(model))));
  }

  /// The same model for rows that are not standardized.
  private LinearModel plain(LinearSGDModel model) {
    var coefficients = new ArrayList<List<Float>>();
    var intercepts = new ArrayList<Float>();
    for (var label : table.classes()) {
      var row = new ArrayList<Float>();
      var intercept = weight(model, label, table.features().size());
      for (var f = 0; f < table.features().size(); f++) {
        var id = model.getFeatureIDMap().getID(table.features().get(f));
        var slope = weight(model, label, id) / standardization.deviation(f);
        row.add((float) slope);
        intercept -= slope * standardization.mean(f);
      }
      coefficients.add(row);
      intercepts.add((float) intercept);
    }
    return new LinearModel(table.classes(), coefficients, intercepts);
  }

  /// Tribuo has one row of weights for each label, and the intercept in the last column.
  private static double weight(LinearSGDModel model, String label, int column) {
    var row = model.getOutputIDInfo().getID(new Label(label));
    return model.getWeightsCopy().get(row, column);
  }
}
