package io.mlopscore.training;

import io.mlopscore.model.Column;
import io.mlopscore.model.ColumnType;
import io.mlopscore.model.ModelDescription;
import io.mlopscore.model.ModelDraft;
import io.mlopscore.model.Signature;
import io.mlopscore.model.onnx.OnnxExport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what goes into the model folder of a training.
final class Drafts {
  private Drafts() {}

  static ModelDraft of(
      TrainedModel learned,
      Table table,
      TrainingJob job,
      String runId,
      String modelId,
      Instant created) {
    var algorithm = job.params().algorithm();
    return new ModelDraft(
        new Signature(inputs(table), outputs(learned.classes())),
        new ModelDescription(
            algorithm.modelType(),
            learned.classes(),
            job.ranges(),
            table.size(),
            algorithm.settings()),
        firstRow(table),
        learned.files(),
        Optional.of(runId),
        Optional.of(modelId),
        created);
  }

  private static List<Column> inputs(Table table) {
    return table.features().stream()
        .map(name -> new Column(name, ColumnType.DOUBLE, true))
        .toList();
  }

  private static List<Column> outputs(List<String> classes) {
    var outputs = new ArrayList<Column>();
    outputs.add(new Column(OnnxExport.PREDICTION, ColumnType.STRING, true));
    for (var label : classes) {
      outputs.add(new Column(OnnxExport.PROBABILITY + label, ColumnType.FLOAT, true));
    }
    return outputs;
  }

  private static Map<String, Object> firstRow(Table table) {
    var row = new LinkedHashMap<String, Object>();
    for (var f = 0; f < table.features().size(); f++) {
      row.put(table.features().get(f), table.row(0)[f]);
    }
    return row;
  }
}
