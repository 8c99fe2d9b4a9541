@NullMarked
package io.mlopscore.pipeline;

import org.jspecify.annotations.NullMarked;
