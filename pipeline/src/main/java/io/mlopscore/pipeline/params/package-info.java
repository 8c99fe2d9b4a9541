/// Files of parameters that are not YAML: JSON, TOML and Python.
///
/// Start at [io.mlopscore.pipeline.params.JsonParams].
@NullMarked
package io.mlopscore.pipeline.params;

import org.jspecify.annotations.NullMarked;
