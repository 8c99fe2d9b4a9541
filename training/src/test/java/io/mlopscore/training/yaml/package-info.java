@NullMarked
package io.mlopscore.training.yaml;

import org.jspecify.annotations.NullMarked;
