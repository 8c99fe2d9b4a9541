/// What the image is built from, and what the built one must be; `ImageTest` looks into an archive
/// that `deploy/test/image/run` or `make build` made.
@NullMarked
package io.mlopscore.deploy.image;

import org.jspecify.annotations.NullMarked;
