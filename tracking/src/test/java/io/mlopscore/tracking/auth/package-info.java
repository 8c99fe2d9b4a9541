@NullMarked
package io.mlopscore.tracking.auth;

import org.jspecify.annotations.NullMarked;
