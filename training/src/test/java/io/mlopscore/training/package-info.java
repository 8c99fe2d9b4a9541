@NullMarked
package io.mlopscore.training;

import org.jspecify.annotations.NullMarked;
