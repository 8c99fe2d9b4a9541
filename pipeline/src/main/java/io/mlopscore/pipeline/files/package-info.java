/// The files of a repository as a reader sees them, at a moment: those that git or the workspace
/// has, and the data that they record.
///
/// Start at [io.mlopscore.pipeline.files.RepositoryFiles].
@NullMarked
package io.mlopscore.pipeline.files;

import org.jspecify.annotations.NullMarked;
