/// What differs between revisions: metrics, parameters and data.
///
/// Start at [io.mlopscore.pipeline.compare.ValueFiles] for which values there are, and at
/// [io.mlopscore.pipeline.compare.ValueDifference] for how two sets of them differ.
@NullMarked
package io.mlopscore.pipeline.compare;

import org.jspecify.annotations.NullMarked;
