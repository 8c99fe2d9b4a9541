package io.mlopscore.model;

/// One form in which a model folder keeps its model; several forms give the same predictions.
public sealed interface Flavor {
  /// The file, relative to the model folder.
  String file();

  /// An ONNX graph: MLflow's `onnx` flavor, which Python can load too.
  record Onnx(String file) implements Flavor {}

  /// A serialized Tribuo model, for those who go on working with it in Java.
  record Tribuo(String file) implements Flavor {}
}
