@NullMarked
package io.mlopscore.training.awt;

import org.jspecify.annotations.NullMarked;
