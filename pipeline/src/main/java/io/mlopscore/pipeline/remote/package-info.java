/// Remotes: places that keep the objects of the cache for others.
///
/// Start with [DataExchange]: `push`, `fetch` and the comparison behind `status -c`. It asks
/// [UsedData] what is in use, [Presence] what a remote has, and lets [Transfer] move the rest. An
/// object stands under the same key below the cache's root and below a remote's URL.
///
/// Imports are another matter: [ImportFile] says where their data comes from, and [Imports] gets
// it.
@NullMarked
package io.mlopscore.pipeline.remote;

import org.jspecify.annotations.NullMarked;
