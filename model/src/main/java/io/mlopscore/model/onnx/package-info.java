/// ONNX files: writing tree ensembles and linear models as graphs, and scoring any classifier.
///
/// Start at [io.mlopscore.model.onnx.OnnxScorers] to load and at
/// [io.mlopscore.model.onnx.OnnxExport] to write.
@NullMarked
package io.mlopscore.model.onnx;

import org.jspecify.annotations.NullMarked;
