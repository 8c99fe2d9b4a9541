@NullMarked
package io.mlopscore.tracking.webhooks;

import org.jspecify.annotations.NullMarked;
