package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.experiments.OverrideParser.Choices;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Real;
import io.mlopscore.pipeline.yaml.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A call in an override: the sweeps `choice`, `range`, `sort` and `shuffle`, and the casts.
final class OverrideFunction {
  private final String whole;
  private final String name;
  private final List<Value> values = new ArrayList<>();
  private final Map<String, Value> options = new HashMap<>();
  private boolean sweep;

  OverrideFunction(String whole, String name) {
    this.whole = whole;
    this.name = name;
  }

  void argument(Choices choices) {
    values.addAll(choices.choices());
    sweep |= choices.sweep();
  }

  void option(String option, Value value) {
    options.put(option, value);
  }

  Choices result() {
    return switch (name) {
      case "choice" -> new Choices(values, true);
      case "tag" -> new Choices(values.subList(values.isEmpty() ? 0 : tags(), values.size()), true);
      case "range" -> new Choices(range(), true);
      case "sort" -> new Choices(sorted(), true);
      case "shuffle" -> new Choices(shuffled(), true);
      case "int" -> cast(this::toInt);
      case "float" -> cast(this::toReal);
      case "str" -> cast(value -> new Text(OverrideValue.text(value)));
      case "bool" -> cast(this::toBool);
      case "glob", "interval" -> throw bad(name + "() is not supported; list the values");
      default -> throw bad("there is no function " + name + "()");
    };
  }

  private int tags() {
    if (!sweep) {
      throw bad("the last argument of tag() must be a sweep");
    }
    int texts = 0;
    while (texts < values.size() - 1 && values.get(texts) instanceof Text) {
      texts++;
    }
    return texts;
  }

  private Choices cast(UnaryOperator<Value> to) {
    if (values.isEmpty()) {
      throw bad(name + "() needs a value");
    }
    return new Choices(values.stream().map(to).toList(), sweep);
  }

  private Value toInt(Value value) {
    return switch (value) {
      case Int whole -> whole;
      case Real(var real) -> new Int(new BigDecimal(real).toBigInteger());
      case Bool(var bool) -> Value.of(bool ? 1 : 0);
      case Text(var text) when OverrideValue.number(text) instanceof Int whole -> whole;
      case Value other -> throw bad(OverrideValue.text(other) + " is no integer");
    };
  }

  private Value toReal(Value value) {
    return switch (value) {
      case Real real -> real;
      case Int(var whole) -> new Real(whole.doubleValue());
      case Bool(var bool) -> new Real(bool ? 1 : 0);
      case Text(var text) when !(OverrideValue.number(text) instanceof Text) ->
          toReal(OverrideValue.number(text));
      case Value other -> throw bad(OverrideValue.text(other) + " is no number");
    };
  }

  private Value toBool(Value value) {
    return switch (value) {
      case Bool bool -> bool;
      case Int(var whole) -> new Bool(whole.signum() != 0);
      case Real(var real) -> new Bool(real != 0);
      case Text(var text) when text.toLowerCase(Locale.ROOT).matches("true|false") ->
          new Bool(Boolean.parseBoolean(text));
      case Value other -> throw bad(OverrideValue.text(other) + " is neither true nor false");
    };
  }

  private List<Value> range() {
    var bounds = new ArrayList<>(values);
    for (var option : List.of("start", "stop", "step")) {
      if (options.containsKey(option)) {
        bounds.add(options.get(option));
      }
    }
    if (bounds.size() == 1) {
      bounds.addFirst(Value.of(0));
    }
    if (bounds.size() == 2) {
      bounds.add(Value.of(1));
    }
    if (bounds.size() != 3) {
      throw bad("range() takes one to three numbers");
    }
    boolean whole = bounds.stream().allMatch(Int.class::isInstance);
    var numbers = bounds.stream().map(this::exact).toList();
    return steps(numbers.get(0), numbers.get(1), numbers.get(2), whole);
  }

  private List<Value> steps(BigDecimal start, BigDecimal stop, BigDecimal step, boolean whole) {
    if (step.signum() == 0) {
      throw bad("the step of range() cannot be 0");
    }
    var values = new ArrayList<Value>();
    for (var now = start;
        step.signum() > 0 ? now.compareTo(stop) < 0 : now.compareTo(stop) > 0;
        now = now.add(step)) {
      values.add(whole ? new Int(now.toBigInteger()) : new Real(now.doubleValue()));
    }
    return values;
  }

  private BigDecimal exact(Value value) {
    return switch (value) {
      case Int(var whole) -> new BigDecimal(whole);
      case Real(var real) when Double.isFinite(real) -> new BigDecimal(Double.toString(real));
      case Value other -> throw bad(OverrideValue.text(other) + " is no number");
    };
  }

  private List<Value> sorted() {
    var sorted = new ArrayList<>(values);
    sorted.sort(OverrideFunction::compare);
    boolean reverse = new Bool(true).equals(options.get("reverse"));
    return reverse ? sorted.reversed() : sorted;
  }

  private static int compare(Value a, Value b) {
    boolean numbers = isNumber(a) && isNumber(b);
    return numbers
        ? Double.compare(
            Double.parseDouble(OverrideValue.text(a)), Double.parseDouble(OverrideValue.text(b)))
        : Comparator.<String>naturalOrder().compare(OverrideValue.text(a), OverrideValue.text(b));
  }

  private static boolean isNumber(Value value) {
    return switch (value) {
      case Int _ -> true;
      case Real(var real) -> Double.isFinite(real);
      case Value.Null _, Bool _, Text _, Value.Moment _, Items _, Mapping _ -> false;
    };
  }

  private List<Value> shuffled() {
    var shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled);
    return shuffled;
  }

  private RuntimeException bad(String why) {
    return OverrideParser.bad(whole, why);
  }
}
