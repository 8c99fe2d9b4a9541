/// The file `params.yaml`. Start at [io.mlopscore.training.yaml.ParamsFile].
@NullMarked
package io.mlopscore.training.yaml;

import org.jspecify.annotations.NullMarked;
