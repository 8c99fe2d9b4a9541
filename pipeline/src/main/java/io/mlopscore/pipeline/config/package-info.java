/// The files `.dvc/config` and its like: read, checked and changed as `dvc config` does.
///
/// Start with [ConfigFiles]; what the product needs of the settings is in
/// [io.mlopscore.pipeline.Config].
@NullMarked
package io.mlopscore.pipeline.config;

import org.jspecify.annotations.NullMarked;
