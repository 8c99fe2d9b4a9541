/// What git knows of a repository: its revisions and their files.
///
/// Start at [io.mlopscore.pipeline.git.Revisions] for the pipeline as it was at a revision, and at
/// [io.mlopscore.pipeline.git.Git] for everything asked of the `git` command. Why the command and
/// not a library: `docs/decisions/git-command.md`.
@NullMarked
package io.mlopscore.pipeline.git;

import org.jspecify.annotations.NullMarked;
