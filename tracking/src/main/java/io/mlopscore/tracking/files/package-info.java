/// MLflow's file store: the folder `mlruns/` in which it kept everything before databases, and
/// which MLflow 3.13 and later refuse to open.
///
/// Start at [io.mlopscore.tracking.files.FileStore]; it only reads.
@NullMarked
package io.mlopscore.tracking.files;

import org.jspecify.annotations.NullMarked;
