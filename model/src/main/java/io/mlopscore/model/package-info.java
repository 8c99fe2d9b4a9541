/// A model as files: the MLflow model folder (`MLmodel`), its signature, its flavors, and the
/// scorers that turn a row into class probabilities.
///
/// Start at [io.mlopscore.model.ModelFolder]: open one, read its
/// [io.mlopscore.model.Signature], ask for a [io.mlopscore.model.Scorer]. To write one, fill a
/// [io.mlopscore.model.ModelDraft].
///
/// Every scorer narrows a row to 32-bit floats first, because that is what an ONNX graph takes;
/// thresholds were rounded down to floats when the graph was written. So all flavors send a row
/// the same way at every split.
@NullMarked
package io.mlopscore.model;

import org.jspecify.annotations.NullMarked;
