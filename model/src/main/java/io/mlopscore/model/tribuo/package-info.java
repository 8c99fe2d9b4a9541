/// Models of Tribuo (https://tribuo.org): scoring them, and reading their trees.
///
/// Start at [io.mlopscore.model.tribuo.TribuoScorer].
@NullMarked
package io.mlopscore.model.tribuo;

import org.jspecify.annotations.NullMarked;
