/// The prediction API: finds the model, keeps it fresh, scores over HTTP, and guards the door with
/// keys and limits.
///
/// Start at [io.mlopscore.serving.PredictionServer], which assembles everything from
/// [io.mlopscore.serving.ServingSettings] and a [io.mlopscore.serving.ModelSource]. A request
/// passes [io.mlopscore.serving.Gateway] (limits, keys, headers, log, metrics) on its way to an
/// endpoint, such as [io.mlopscore.serving.PredictEndpoint].
@NullMarked
package io.mlopscore.serving;

import org.jspecify.annotations.NullMarked;
