/// Where data came from, told as OpenLineage events: start at
/// [io.mlopscore.pipeline.openlineage.Lineage].
@NullMarked
package io.mlopscore.pipeline.openlineage;

import org.jspecify.annotations.NullMarked;
