package io.mlopscore.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.mlopscore.model.Column;
import io.mlopscore.model.Link;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import io.mlopscore.model.TreeEnsemble;
import io.mlopscore.model.TreeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Classifiers that take something else than one tensor of floats.
class GraphInputTest {
  private static final List<Column> COLUMNS = OnnxScorersTest.columns(2);
  private static final double[] SECOND_ABOVE = {0, 3};

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "INT64", "INT32"})
  void otherNumbersThanFloats(DataType type) throws IOException {
    var model = graph(List.of(input("row", type, 2)), cast("row"));

    try (var scorer = scorer(model)) {
      assertThat(scorer).isInstanceOf(RuntimeScorer.class);
      assertThat(scorer.probabilities(SECOND_ABOVE)).containsExactly(0, 1);
      assertThat(scorer.probabilities(new double[] {0, 1})).containsExactly(1, 0);
    }
  }

  @Test
  void aFractionDoesNotBecomeAWholeNumberUnseen() throws IOException {
    try (var scorer = scorer(graph(List.of(input("row", DataType.INT64, 2)), cast("row")))) {
      for (var value : new double[] {0.5, Double.NaN}) {
        assertThatThrownBy(() -> scorer.probabilities(new double[] {0, value}))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("whole numbers");
      }
    }
  }

  @Test
  void oneInputForEachColumnIsFoundByItsName() throws IOException {
    var inputs = List.of(input("x1", DataType.FLOAT, 1), input("x0", DataType.FLOAT, 1));

    try (var scorer = scorer(graph(inputs, concat("x0", "x1")))) {
      assertThat(scorer.probabilities(SECOND_ABOVE)).containsExactly(0, 1);
    }
  }

  @Test
  void otherInputsThanTheColumnsAreNamed() {
    var inputs = List.of(input("x0", DataType.FLOAT, 1), input("y", DataType.FLOAT, 1));

    assertThatThrownBy(() -> scorer(graph(inputs, concat("x0", "y"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[x0, y]")
        .hasMessageContaining("[x0, x1]");
  }

  @Test
  void anotherWidthIsRefusedWhenItIsLoaded() {
    assertThatThrownBy(() -> scorer(graph(List.of(input("row", DataType.DOUBLE, 3)), cast("row"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("takes 3 values, but the signature has 2");
  }

  /// What ONNX Runtime holds is outside of the heap: a version that is refused again and again
  /// would end in the process being killed.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aRefusedGraphGivesItsMemoryBack() throws Throwable {
    var model = withoutProbabilities(16 << 20);
    assertRefused(model);
    var before = NativeMemory.bytes();

    for (var i = 0; i < 20; i++) {
      assertRefused(model);
    }

    assertThat(NativeMemory.bytes() - before).isLessThan(10L * (16 << 20));
  }

  private void assertRefused(byte[] model) {
    assertThatThrownBy(() -> scorer(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none of which holds a probability");
  }

  private Scorer scorer(byte[] model) throws IOException {
    return OnnxScorers.load(
        Files.write(directory.resolve("m.onnx"), model), COLUMNS, List.of("low", "high"));
  }

  /// Two trees that look at the second value, behind other inputs.
  private static byte[] graph(List<ValueInfoProto> inputs, NodeProto first) throws IOException {
    var ours = ours();
    var graph = ours.getGraph().toBuilder().clearInput().addAllInput(inputs);
    graph.clearNode().addNode(first).addAllNode(ours.getGraph().getNodeList());
    return ours.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static ModelProto ours() throws IOException {
    var tree =
        new TreeNode.Split(
            1, 2f, new TreeNode.Leaf(List.of(1f, 0f)), new TreeNode.Leaf(List.of(0f, 1f)));
    var trees = List.<TreeNode>of(tree, tree);
    return ModelProto.parseFrom(
        OnnxExport.of(new TreeEnsemble(2, List.of("low", "high"), trees, new Link.Mean(2))));
  }

  /// Gives the label and one of many weights.
  private static byte[] withoutProbabilities(int bytes) throws IOException {
    var ours = ours();
    var weights =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(DataType.FLOAT.getNumber())
            .addDims(bytes / Float.BYTES)
            .setRawData(ByteString.copyFrom(new byte[bytes]));
    var one = node("Gather").addInput("weights").addInput("best").addOutput("weight");
    var other = node("Neg").addInput("weight").addOutput("result");
    var graph = GraphProto.newBuilder(ours.getGraph()).addInitializer(weights);
    graph.removeNode(graph.getNodeCount() - 1).addNode(one).addNode(other);
    graph.clearOutput().addOutput(Tensors.strings(OnnxExport.PREDICTION));
    graph.addOutput(Tensors.vector("result", DataType.FLOAT));
    return ours.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static ValueInfoProto input(String name, DataType type, int columns) {
    return Tensors.table(name, type, columns);
  }

  private static NodeProto cast(String from) {
    return node("Cast")
        .addInput(from)
        .addOutput(OnnxExport.INPUT)
        .addAttribute(Attributes.number("to", DataType.FLOAT.getNumber()))
        .build();
  }

  private static NodeProto concat(String... from) {
    return node("Concat")
        .addAllInput(List.of(from))
        .addOutput(OnnxExport.INPUT)
        .addAttribute(Attributes.number("axis", 1))
        .build();
  }

  private static NodeProto.Builder node(String operator) {
    return NodeProto.newBuilder().setOpType(operator);
  }
}
