package io.mlopscore.training;

import io.mlopscore.model.onnx.OnnxExport;
import io.mlopscore.model.tribuo.TribuoFile;
import io.mlopscore.model.tribuo.TribuoTrees;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.WeightedEnsembleModel;

/// Random forests by Tribuo, with scikit-learn's habits: Gini, the square root of the number of
/// features tried at each split, and the average of the class shares in the leaves as answer.
final class RandomForestTraining {
  /// Says for every tree that it is being built; kept here, as loggers without owner are lost.
  private static final Logger TREE_BY_TREE = Logger.getLogger(BaggingTrainer.class.getName());

  private RandomForestTraining() {}

  static TrainedModel train(Algorithm.RandomForest settings, Table table) {
    TREE_BY_TREE.setLevel(Level.WARNING);
    var classes = table.classes();
    var forest = (WeightedEnsembleModel<Label>) trainer(settings, table).train(Examples.of(table));
    var ensemble = TribuoTrees.of(forest, table.features(), classes);
    return new TrainedModel(
        classes,
        Map.of(
            TrainedModel.ONNX, OnnxExport.of(ensemble),
            TrainedModel.TRIBUO, TribuoFile.bytes(forest)));
  }

  private static BaggingTrainer<Label> trainer(Algorithm.RandomForest settings, Table table) {
    var features = table.features().size();
    var tree =
        new CARTClassificationTrainer(
            settings.maxDepth(),
            settings.minSamplesLeaf(),
            0f,
            (float) (Math.floor(Math.sqrt(features)) / features),
            new GiniIndex(),
            settings.seed());
    var average = new FullyWeightedVotingCombiner();
    // Of one feature there is nothing to choose, which a RandomForestTrainer refuses.
    return features == 1
        ? new BaggingTrainer<>(tree, average, settings.trees(), settings.seed())
        : new RandomForestTrainer<>(tree, average, settings.trees(), settings.seed());
  }
}
