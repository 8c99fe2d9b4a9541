/// What traced programs did: traces of spans, and what people and judges said of them.
///
/// Start with [io.mlopscore.tracking.traces.TraceStore]. The words are those of MLflow's tracing
/// documentation: <https://mlflow.org/docs/latest/genai/tracing/>.
@NullMarked
package io.mlopscore.tracking.traces;

import org.jspecify.annotations.NullMarked;
