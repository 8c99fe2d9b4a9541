package io.mlopscore.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.mlopscore.model.LinearModel;
import io.mlopscore.model.Link;
import io.mlopscore.model.TreeEnsemble;
import java.util.List;

/// Writes classifiers as ONNX graphs.
///
/// The graph takes one float tensor `input` of shape (rows, features). It gives the label as
/// `prediction` of shape (rows) and, for each class, `probability_<class>` of shape (rows, 1):
/// single columns, because MLflow's `pyfunc` makes a data frame column of each output.
public final class OnnxExport {
  public static final String PREDICTION = "prediction";
  public static final String PROBABILITY = "probability_";
  static final String INPUT = "input";
  private static final String SCORES = "scores";
  private static final String PROBABILITIES = "probabilities";
  private static final String DIVISOR = "trees";
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final int ML_OPSET = 3;

  private OnnxExport() {}

  /// @return an ONNX model; the same ensemble always gives the same bytes
  public static byte[] of(TreeEnsemble ensemble) {
    var graph = GraphProto.newBuilder().setName("trees");
    return switch (ensemble.link()) {
      case Link.Softmax _ -> {
        graph.addNode(TreeExport.node(ensemble, "SOFTMAX", PROBABILITIES));
        yield model(graph, ensemble.features(), ensemble.classes());
      }
      case Link.Mean(var divisor) -> {
        graph.addNode(TreeExport.node(ensemble, "NONE", SCORES));
        graph.addNode(division()).addInitializer(constant(divisor));
        yield model(graph, ensemble.features(), ensemble.classes());
      }
    };
  }

  /// @return an ONNX model; the same linear model always gives the same bytes
  public static byte[] of(LinearModel linear) {
    var node =
        classifier("LinearClassifier", linear.classes(), PROBABILITIES)
            .addAttribute(Attributes.text("post_transform", "SOFTMAX"))
            .addAttribute(
                Attributes.floats(
                    "coefficients", linear.coefficients().stream().flatMap(List::stream).toList()))
            .addAttribute(Attributes.floats("intercepts", linear.intercepts()))
            .addAttribute(Attributes.number("multi_class", 0));
    var graph = GraphProto.newBuilder().setName("linear").addNode(node);
    return model(graph, linear.coefficients().getFirst().size(), linear.classes());
  }

  static NodeProto.Builder classifier(String operator, List<String> classes, String scores) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setDomain("ai.onnx.ml")
        .addInput(INPUT)
        .addOutput("first_label")
        .addOutput(scores)
        .addAttribute(Attributes.strings("classlabels_strings", classes));
  }

  private static NodeProto division() {
    return NodeProto.newBuilder()
        .setOpType("Div")
        .addInput(SCORES)
        .addInput(DIVISOR)
        .addOutput(PROBABILITIES)
        .build();
  }

  private static TensorProto constant(float value) {
    return TensorProto.newBuilder()
        .setName(DIVISOR)
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addFloatData(value)
        .build();
  }

  private static byte[] model(GraphProto.Builder graph, int features, List<String> classes) {
    addPrediction(graph, classes);
    var split =
        NodeProto.newBuilder()
            .setOpType("Split")
            .addInput(PROBABILITIES)
            .addAttribute(Attributes.number("axis", 1));
    graph.addInput(Tensors.floats(INPUT, features)).addOutput(Tensors.strings(PREDICTION));
    for (var label : classes) {
      split.addOutput(PROBABILITY + label);
      graph.addOutput(Tensors.floats(PROBABILITY + label, 1));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("mlops-core")
        .addOpsetImport(opset("", OPSET))
        .addOpsetImport(opset("ai.onnx.ml", ML_OPSET))
        .setGraph(graph.addNode(split))
        .build()
        .toByteArray();
  }

  /// Takes the first of the most probable classes, as everybody else here does. The label of the
  /// classifier operator itself follows another rule in ONNX Runtime if there are two classes.
  private static void addPrediction(GraphProto.Builder graph, List<String> classes) {
    var best =
        NodeProto.newBuilder()
            .setOpType("ArgMax")
            .addInput(PROBABILITIES)
            .addOutput("best")
            .addAttribute(Attributes.number("axis", 1))
            .addAttribute(Attributes.number("keepdims", 0));
    var label =
        NodeProto.newBuilder()
            .setOpType("Gather")
            .addInput("classes")
            .addInput("best")
            .addOutput(PREDICTION);
    var labels =
        TensorProto.newBuilder()
            .setName("classes")
            .setDataType(TensorProto.DataType.STRING.getNumber())
            .addDims(classes.size())
            .addAllStringData(classes.stream().map(ByteString::copyFromUtf8).toList());
    graph.addInitializer(labels).addNode(best).addNode(label);
  }

  private static OperatorSetIdProto opset(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}
