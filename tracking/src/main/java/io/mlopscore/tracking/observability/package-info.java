/// What whoever runs a tracking server can see of it: metrics, slow requests, traces.
///
/// Start at [io.mlopscore.tracking.observability.Exchange]: each request carries one, and tells it
/// to the [io.mlopscore.tracking.observability.Observer]s when it is answered.
@NullMarked
package io.mlopscore.tracking.observability;

import org.jspecify.annotations.NullMarked;
