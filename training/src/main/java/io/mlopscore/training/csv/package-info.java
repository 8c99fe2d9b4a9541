/// CSV files (https://www.rfc-editor.org/rfc/rfc4180). Start at
/// [io.mlopscore.training.csv.CsvFile].
@NullMarked
package io.mlopscore.training.csv;

import org.jspecify.annotations.NullMarked;
