/// OpenTelemetry's wire format for spans, OTLP: <https://opentelemetry.io/docs/specs/otlp/>.
///
/// Start with [io.mlopscore.tracking.otlp.OtlpSpans]. The classes of protocol buffers are loaded
/// when the first spans arrive.
@NullMarked
package io.mlopscore.tracking.otlp;

import org.jspecify.annotations.NullMarked;
