@NullMarked
package io.mlopscore.console;

import org.jspecify.annotations.NullMarked;
