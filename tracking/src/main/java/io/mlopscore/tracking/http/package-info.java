/// MLflow's REST API over a tracking store, a registry and their artifacts
/// (https://mlflow.org/docs/latest/api_reference/rest-api.html).
///
/// Start at [io.mlopscore.tracking.http.TrackingRoutes]; each group of calls has its class.
/// [io.mlopscore.tracking.http.Call] is what they read from, [io.mlopscore.tracking.http.Messages]
/// what they answer with.
@NullMarked
package io.mlopscore.tracking.http;

import org.jspecify.annotations.NullMarked;
