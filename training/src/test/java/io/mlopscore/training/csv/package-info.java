@NullMarked
package io.mlopscore.training.csv;

import org.jspecify.annotations.NullMarked;
