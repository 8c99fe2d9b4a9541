@NullMarked
package io.mlopscore.tracking.events;

import org.jspecify.annotations.NullMarked;
