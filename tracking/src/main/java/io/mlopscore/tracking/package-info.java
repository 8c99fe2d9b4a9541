/// Experiments, runs and the model registry, as MLflow knows them: the same words, the same
/// database, the
/// same routes.
///
/// Start at [io.mlopscore.tracking.Tracking]: open one by its URI, then use its
/// [io.mlopscore.tracking.TrackingStore], [io.mlopscore.tracking.ModelRegistry] and
/// [io.mlopscore.tracking.Artifacts].
@NullMarked
package io.mlopscore.tracking;

import org.jspecify.annotations.NullMarked;
