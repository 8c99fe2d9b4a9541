/// The commands of data and pipelines, with the names, options, texts and exit codes of `dvc`.
///
/// One class a command, named after it; a group such as `stage` holds its sub-commands as nested
/// classes. What went wrong becomes an exit code in [io.mlopscore.app.pipeline.Failures] alone.
// Start at
/// [io.mlopscore.app.pipeline.ReproCommand].
@NullMarked
package io.mlopscore.app.pipeline;

import org.jspecify.annotations.NullMarked;
