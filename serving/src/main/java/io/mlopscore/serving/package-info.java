@NullMarked
package io.mlopscore.serving;

import org.jspecify.annotations.NullMarked;
