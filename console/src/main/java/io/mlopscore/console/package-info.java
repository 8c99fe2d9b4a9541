/// Web pages over experiments, runs and registered models.
///
/// Start at [io.mlopscore.console.ConsoleRoutes], which says what page is where. For each page
/// there is a record of what it shows, an `XxxReading` that reads it as its reader may see it, and
/// a template in `src/main/jte`. What forms do is in the tables of [io.mlopscore.console.Changes].
@NullMarked
package io.mlopscore.console;

import org.jspecify.annotations.NullMarked;
