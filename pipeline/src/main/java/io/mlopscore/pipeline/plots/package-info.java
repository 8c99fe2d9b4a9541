/// Drawings of what stages wrote: which there are, their data at several revisions, and a page that
/// shows them without a network.
///
/// Start at [io.mlopscore.pipeline.plots.Plots]; a drawing is a [io.mlopscore.pipeline.plots.Plot],
/// a page a [io.mlopscore.pipeline.plots.PlotPage].
@NullMarked
package io.mlopscore.pipeline.plots;

import org.jspecify.annotations.NullMarked;
