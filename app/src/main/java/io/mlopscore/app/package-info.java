/// The `mlops` command and the processes it starts; the only place that wires the modules together.
///
/// Start at [io.mlopscore.app.Main], then [io.mlopscore.app.Verbs] for the list of commands. A
/// command
/// parses, calls and prints; the rules are in the modules.
@NullMarked
package io.mlopscore.app;

import org.jspecify.annotations.NullMarked;
