/// The `MLmodel` file. Start at [io.mlopscore.model.yaml.MlmodelFile].
@NullMarked
package io.mlopscore.model.yaml;

import org.jspecify.annotations.NullMarked;
