/// Models of Tribuo (https://tribuo.org): scoring them, and reading their trees.
@NullMarked
package io.mlopscore.model.tribuo;

import org.jspecify.annotations.NullMarked;
