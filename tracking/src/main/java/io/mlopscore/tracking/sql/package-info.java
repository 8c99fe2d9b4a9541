/// The tracking store and model registry in a database with MLflow's own schema, so that `mlflow`
// can
/// open what we wrote and we can open what `mlflow` wrote.
///
/// Start at [io.mlopscore.tracking.sql.Database], then [io.mlopscore.tracking.sql.SqlTrackingStore]
/// and [io.mlopscore.tracking.sql.SqlModelRegistry].
@NullMarked
package io.mlopscore.tracking.sql;

import org.jspecify.annotations.NullMarked;
