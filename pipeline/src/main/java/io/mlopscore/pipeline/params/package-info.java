/// Files of parameters that are not YAML: JSON, TOML and Python.
@NullMarked
package io.mlopscore.pipeline.params;

import org.jspecify.annotations.NullMarked;
