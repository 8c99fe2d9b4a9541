/// Bytes under a key, wherever they are kept.
///
/// Start at [io.mlopscore.storage.ObjectStore]; [io.mlopscore.storage.LocalObjectStore] keeps them
// in
/// a directory.
@NullMarked
package io.mlopscore.storage;

import org.jspecify.annotations.NullMarked;
