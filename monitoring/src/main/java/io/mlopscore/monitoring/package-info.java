/// What a monitoring system is told about a service and its pipeline, in Prometheus' formats.
///
/// Start at [io.mlopscore.monitoring.ServiceLevels], what callers were promised, and
/// [io.mlopscore.monitoring.SloRules], which watches over it;
/// [io.mlopscore.monitoring.PipelineMetrics] has the numbers of a pipeline. Whether a service that
/// was just deployed does what it must is asked by [io.mlopscore.monitoring.Smoke] from outside,
/// and by [io.mlopscore.monitoring.SloCheck] of what Prometheus counted.
@NullMarked
package io.mlopscore.monitoring;

import org.jspecify.annotations.NullMarked;
