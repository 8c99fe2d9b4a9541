/// MLflow's language of filters and orders
/// (https://mlflow.org/docs/latest/ml/search/search-runs/), read into a closed syntax tree.
///
/// Start at [io.mlopscore.tracking.search.FilterParser] with the
/// [io.mlopscore.tracking.search.Vocabulary] of what is searched; it gives a
/// [io.mlopscore.tracking.search.Filter]. Beyond MLflow it reads OR, NOT and parentheses.
@NullMarked
package io.mlopscore.tracking.search;

import org.jspecify.annotations.NullMarked;
