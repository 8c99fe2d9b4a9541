/// Start at [io.mlopscore.console.ConsoleTest]: the pages as a browser gets them.
@NullMarked
package io.mlopscore.console;

import org.jspecify.annotations.NullMarked;
