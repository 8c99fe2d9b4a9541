/// What changes in the store and the registry, told to whoever wants to know.
///
/// Start at [io.mlopscore.tracking.events.Change]. [io.mlopscore.tracking.events.WatchedStore] and
/// [io.mlopscore.tracking.events.WatchedRegistry] publish changes once they are durable;
/// [io.mlopscore.tracking.events.ChangeLog] keeps the newest of them for readers of any speed.
@NullMarked
package io.mlopscore.tracking.events;

import org.jspecify.annotations.NullMarked;
