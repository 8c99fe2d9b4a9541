/// Web pages over experiments, runs and registered models.
///
/// Start at [io.mlopscore.console.ConsoleRoutes], which says what page is where;
/// [io.mlopscore.console.Pages] reads what a page shows, the templates in `src/main/jte` draw it.
@NullMarked
package io.mlopscore.console;

import org.jspecify.annotations.NullMarked;
