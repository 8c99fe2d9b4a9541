/// Training and evaluating classifiers on tables, and logging what was done.
///
/// Start at [io.mlopscore.training.Training] for how a run goes, at
/// [io.mlopscore.training.Algorithm] for what can be trained, and at
/// [io.mlopscore.training.Evaluation] for the figures.
@NullMarked
package io.mlopscore.training;

import org.jspecify.annotations.NullMarked;
