package io.mlopscore.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.mlopscore.model.Column;
import io.mlopscore.model.Link;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classifiers as other exporters lay them out.
class ForeignGraphTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final List<Column> COLUMNS = OnnxScorersTest.columns(1);
  private static final double[] ROW = {0.3};

  @TempDir Path directory;

  @Test
  void probabilitiesInOneTable() throws IOException {
    var node = node("Identity").addInput("probabilities").addOutput("scores_out").build();
    var model = withOutput(node, Tensors.floats("scores_out", 3));

    assertSameAnswers(model);
  }

  @Test
  void probabilitiesInAListOfMaps() throws IOException {
    var node =
        node("ZipMap")
            .setDomain("ai.onnx.ml")
            .addInput("probabilities")
            .addOutput("maps")
            .addAttribute(Attributes.strings("classlabels_strings", CLASSES))
            .build();
    var model = withOutput(node, ValueInfoProto.newBuilder().setName("maps").build());

    assertSameAnswers(model);
  }

  /// As scikit-learn's exporter writes with `zipmap: columns`.
  @Test
  void probabilitiesInOneOutputForEachClass() throws IOException {
    var node =
        node("Split")
            .addInput("probabilities")
            .addAllOutput(List.of("sa", "sb", "sc"))
            .addAttribute(Attributes.number("axis", 1))
            .build();
    var outputs = Stream.of("sc", "sb", "sa").map(name -> Tensors.floats(name, 1));
    var model = withOutput(node, outputs.toArray(ValueInfoProto[]::new));

    assertSameAnswers(model);
  }

  @Test
  void numbersAreThePositionsOfTheNamesThatWereNumbered() throws IOException {
    var ensemble = new TreeEnsemble(1, List.of("0", "1", "2"), trees(), new Link.Mean(2));

    assertSameAnswers(OnnxExport.of(ensemble));
  }

  @Test
  void graphsThatDoMoreRunInOnnxRuntime() throws IOException {
    var node = node("Mul").addInput("probabilities").addInput("trees").addOutput("scaled").build();
    var model = withOutput(node, Tensors.floats("scaled", 3));

    try (var scorer = OnnxScorers.load(file(model), COLUMNS, CLASSES)) {
      assertThat(scorer).isInstanceOf(RuntimeScorer.class);
      assertThat(scorer.probabilities(ROW)).containsExactly(0.5, 0.5, 1.0);
    }
  }

  private void assertSameAnswers(byte[] model) throws IOException {
    try (Scorer ours = OnnxScorers.load(file(model), COLUMNS, CLASSES);
        var runtime = OnnxScorers.loadWithRuntime(file(model), COLUMNS, CLASSES)) {
      assertThat(ours).isNotInstanceOf(RuntimeScorer.class);
      assertThat(ours.probabilities(ROW)).containsExactly(0.25, 0.25, 0.5);
      assertThat(runtime.probabilities(ROW)).containsExactly(0.25, 0.25, 0.5);
    }
  }

  /// Our own export of two trees, with another end.
  private static byte[] withOutput(NodeProto last, ValueInfoProto... outputs) throws IOException {
    var ours =
        ModelProto.parseFrom(
            OnnxExport.of(new TreeEnsemble(1, CLASSES, trees(), new Link.Mean(2))));
    var graph = GraphProto.newBuilder(ours.getGraph());
    graph.removeNode(graph.getNodeCount() - 1).addNode(last);
    graph
        .clearOutput()
        .addOutput(Tensors.strings(OnnxExport.PREDICTION))
        .addAllOutput(List.of(outputs));
    return ours.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static List<TreeNode> trees() {
    return List.of(
        new TreeNode.Leaf(List.of(0.5f, 0.5f, 0f)),
        new TreeNode.Split(
            0,
            0.5f,
            new TreeNode.Leaf(List.of(0f, 0f, 1f)),
            new TreeNode.Leaf(List.of(1f, 0f, 0f))));
  }

  private static NodeProto.Builder node(String operator) {
    return NodeProto.newBuilder().setOpType(operator);
  }

  private Path file(byte[] model) throws IOException {
    return Files.write(directory.resolve("m.onnx"), model);
  }
}
