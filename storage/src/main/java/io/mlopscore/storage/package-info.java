/// Bytes under a key, wherever they are kept.
///
/// Start at [io.mlopscore.storage.ObjectStore]; [io.mlopscore.storage.ObjectStores] opens the one
/// behind a URI: a directory, a bucket of S3 or of Google Cloud Storage, a container of Azure, a
/// folder by SSH, a web server.
@NullMarked
package io.mlopscore.storage;

import org.jspecify.annotations.NullMarked;
