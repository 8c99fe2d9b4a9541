/// What a metric must be for a change or a model to be let through.
///
/// Start at [io.mlopscore.pipeline.gates.Gate], which judges one metric;
/// [io.mlopscore.pipeline.gates.Gates] reads those of a project. Where the numbers come from, and
/// what they are compared with, is left to whoever asks: two revisions of git, or a new model and
/// the one in service.
@NullMarked
package io.mlopscore.pipeline.gates;

import org.jspecify.annotations.NullMarked;
