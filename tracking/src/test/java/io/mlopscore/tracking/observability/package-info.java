@NullMarked
package io.mlopscore.tracking.observability;

import org.jspecify.annotations.NullMarked;
