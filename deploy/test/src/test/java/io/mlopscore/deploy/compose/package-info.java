/// What `deploy/compose` promises of its services.
@NullMarked
package io.mlopscore.deploy.compose;

import org.jspecify.annotations.NullMarked;
