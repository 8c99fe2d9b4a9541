@NullMarked
package io.mlopscore.tracking.http;

import org.jspecify.annotations.NullMarked;
