package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.experiments.ExperimentState.Variant;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The order in which the experiments of a commit are told.
///
/// @param known what can be sorted by
/// @param column a metric or parameter, with or without its file; empty to leave them as they are
record VariantOrder(List<NamedValue> known, Optional<String> column, boolean descending) {
  /// Ascending, those without a value come last.
  ///
  /// @throws PipelineException when the column is unknown or not the only one
  List<Variant> of(List<Variant> variants) {
    if (column.isEmpty() || variants.isEmpty()) {
      return variants;
    }
    var by = find(column.get());
    Comparator<Variant> order =
        Comparator.comparing((Variant variant) -> value(variant, by).isEmpty())
            .thenComparing(
                variant -> value(variant, by).orElse(Value.none()), VariantOrder::compare);
    return variants.stream().sorted(descending ? order.reversed() : order).toList();
  }

  private static Optional<Value> value(Variant variant, NamedValue by) {
    return variant.experiment().data().flatMap(by::value);
  }

  private static int compare(Value a, Value b) {
    return isNumber(a) && isNumber(b)
        ? Double.compare(number(a), number(b))
        : YamlReader.text(a).compareTo(YamlReader.text(b));
  }

  private static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real;
  }

  private static double number(Value value) {
    return switch (value) {
      case Value.Int(var whole) -> whole.doubleValue();
      case Value.Real(var real) -> real;
      case Value _ -> Double.NaN;
    };
  }

  private NamedValue find(String wanted) {
    var matches = known.stream().filter(value -> isMeant(value, wanted)).toList();
    if (matches.isEmpty()) {
      throw new PipelineException("Unknown sort column '%s'".formatted(wanted));
    }
    if (matches.size() > 1) {
      var names = matches.stream().map(NamedValue::inFile).collect(Collectors.joining(", "));
      throw new PipelineException(
          "Ambiguous sort column '%s': say FILE:NAME, as one of %s".formatted(wanted, names));
    }
    return matches.getFirst();
  }

  private static boolean isMeant(NamedValue value, String wanted) {
    return value.name().equals(wanted)
        || wanted.equals(value.inFile())
        || wanted.equals(":" + value.name());
  }
}
