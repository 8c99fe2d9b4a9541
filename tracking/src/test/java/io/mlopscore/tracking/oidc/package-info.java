@NullMarked
package io.mlopscore.tracking.oidc;

import org.jspecify.annotations.NullMarked;
