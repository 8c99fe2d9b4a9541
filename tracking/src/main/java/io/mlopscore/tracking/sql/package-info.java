/// The tracking store and model registry in a database with MLflow's own schema, so that `mlflow`
/// can open what we wrote and we can open what `mlflow` wrote. A
/// [io.mlopscore.tracking.sql.Dialect] says where the database is and of what kind,
/// [io.mlopscore.tracking.sql.Layout] what it has;
/// concurrent writers share commits ([io.mlopscore.tracking.sql.GroupCommit]).
///
/// Start at [io.mlopscore.tracking.sql.Database], then [io.mlopscore.tracking.sql.SqlTrackingStore]
/// and [io.mlopscore.tracking.sql.SqlModelRegistry].
@NullMarked
package io.mlopscore.tracking.sql;

import org.jspecify.annotations.NullMarked;
