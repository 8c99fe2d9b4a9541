import io.mlopscore.model.Flavor;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.onnx.OnnxScorers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads rows as CSV and prints the probabilities of each way in which Java can score a model
/// folder, one line for each row and way.
void main(String[] args) throws IOException {
  var folder = ModelFolder.open(Path.of(args[0]));
  var scorers = new LinkedHashMap<String, Scorer>();
  scorers.put("fastest", folder.scorer());
  for (var flavor : folder.mlmodel().flavors()) {
    switch (flavor) {
      case Flavor.Onnx(var file) -> {
        var graph = folder.directory().resolve(file);
        scorers.put(
            "runtime",
            OnnxScorers.loadWithRuntime(
                graph, folder.signature().inputs(), folder.description().classes()));
      }
      case Flavor.Tribuo _ -> scorers.put("tribuo", folder.scorer(flavor));
    }
  }
  IO.readln();
  IO.println("way," + String.join(",", scorers.firstEntry().getValue().classes()));
  for (var line = IO.readln(); line != null; line = IO.readln()) {
    var row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    for (var scorer : scorers.entrySet()) {
      IO.println(scorer.getKey() + "," + text(scorer.getValue().probabilities(row)));
    }
  }
}

String text(double[] values) {
  var texts = new ArrayList<String>();
  for (var value : values) {
    texts.add(Double.toString(value));
  }
  return String.join(",", List.copyOf(texts));
}
