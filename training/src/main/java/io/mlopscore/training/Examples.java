package io.mlopscore.training;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntFunction;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// Tables as Tribuo's data sets.
///
/// Values are narrowed to the 32-bit floats that a served model sees, so that thresholds fall
/// between those.
final class Examples {
  private static final OffsetDateTime NO_TIME = Instant.EPOCH.atOffset(ZoneOffset.UTC);

  private Examples() {}

  static MutableDataset<Label> of(Table table) {
    return of(table, new LabelFactory(), row -> new Label(table.label(row)));
  }

  /// @param output what each row should give
  static <T extends Output<T>> MutableDataset<T> of(
      Table table, OutputFactory<T> factory, IntFunction<T> output) {
    var origin = new SimpleDataSourceProvenance("table", NO_TIME, factory);
    var examples = new MutableDataset<>(origin, factory);
    var names = table.features().toArray(String[]::new);
    for (var row = 0; row < table.size(); row++) {
      examples.add(new ArrayExample<>(output.apply(row), names, narrowed(table.row(row))));
    }
    return examples;
  }

  private static double[] narrowed(double[] row) {
    var values = new double[row.length];
    for (var i = 0; i < row.length; i++) {
      values[i] = (float) row[i];
    }
    return values;
  }
}
