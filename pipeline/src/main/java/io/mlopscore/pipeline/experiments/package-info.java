/// Experiments: variants of a commit, each a commit of its own on a ref of git that no branch
/// shows, as DVC keeps them: `refs/exps/<ab>/<cdef…>/<name>` with the commit it varies as parent.
///
/// Start at [io.mlopscore.pipeline.experiments.NewExperiments], which makes them.
@NullMarked
package io.mlopscore.pipeline.experiments;

import org.jspecify.annotations.NullMarked;
