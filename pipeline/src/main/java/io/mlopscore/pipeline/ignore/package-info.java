/// Which paths count: the rules of `.dvcignore` as `dvc` applies them, and those of git.
///
/// Start with [DvcIgnore]; a walk asks the [IgnoreRules] of each directory that it enters.
@NullMarked
package io.mlopscore.pipeline.ignore;

import org.jspecify.annotations.NullMarked;
