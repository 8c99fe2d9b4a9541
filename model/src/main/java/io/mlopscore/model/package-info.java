/// A model as files: the MLflow model folder (`MLmodel`), its signature, its flavors, and the
/// scorers
/// that turn a row into class probabilities.
///
/// Start at [io.mlopscore.model.ModelFolder]: open one, read its [io.mlopscore.model.Signature],
/// ask for a
/// [io.mlopscore.model.Scorer].
@NullMarked
package io.mlopscore.model;

import org.jspecify.annotations.NullMarked;
