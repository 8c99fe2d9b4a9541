package io.mlopscore.tracking.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters are read as MLflow reads them, and never answered with anything but its code.
class FilterParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "metrics.m > 1 AND params.x = 1 # params.x = 1",
        "metrics.m > 1 AND colour = 'red' AND x # colour =",
        "metrics.m > 1 OR # OR",
        "metrics.m > 1 AND (params.x = 'a' # (params.x = 'a'",
        "metrics.m > 'a # metrics.m > '",
        "metrics.m LIKE 'a' # metrics.m LIKE 'a'",
        "metrics.m > 1 ) # )"
      })
  void whatIsWrongIsFoundInTheText(String text, String wrong) {
    var problem = FilterParser.problem(text, Vocabularies.RUNS).orElseThrow();
    assertThat(text.substring(problem.from(), problem.to())).isEqualTo(wrong);
    assertThatThrownBy(() -> FilterParser.parse(text, Vocabularies.RUNS))
        .hasMessage(problem.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "metrics.m >1 and params.x='a' # metrics.m > 1.0 AND params.x = 'a'",
        "metrics.m > 1 metrics.m < 3 # metrics.m > 1.0 AND metrics.m < 3.0",
        "AND metrics.m > 1 AND # metrics.m > 1.0",
        "metrics.m > -1.5e3 # metrics.m > -1500.0",
        "metrics.m>.5 # metrics.m > 0.5",
        "metric.a.b = 1. # metrics.a.b = 1.0",
        "`params`.\"a b\" like \"x%\" # params.`a b` LIKE 'x%'",
        "parameter.x = \"it's\" # params.x = \"it's\"",
        "params.x='a'AND tag.y is  not null # params.x = 'a' AND tags.y IS NOT NULL",
        "tags.mlflow.source.name iLike 'X' # tags.mlflow.source.name ILIKE 'X'",
        "run.`Run name` = 'n' # run_name = 'n'",
        "Created > 12 # start_time > 12.0",
        "run_id not in ('a','b',) # run_id NOT IN ('a', 'b')",
        "datasets.context in ('train') # datasets.context IN ('train')",
        "params.1a != 'ü' # params.`1a` != 'ü'",
        "params.x = 'a' or (params.y = 'b' and not params.z is null) #"
            + " params.x = 'a' OR (params.y = 'b' AND NOT params.z IS NULL)"
      })
  void filtersOfRunsAreRead(String text, String tree) {
    assertThat(FilterParser.parse(text, Vocabularies.RUNS)).hasToString(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "params.x # Invalid clause(s) in filter string: 'params.x'",
        "metrics.m = + 1 # Expected numeric value type for metric. Found +",
        "metrics.m == 1 # Invalid comparator '=='",
        "metrics.m > 'a' # Expected numeric value type for metric. Found 'a'",
        "params.x > 'a' # Invalid comparator '>'",
        "params.x = 1 # Expected a quoted string value for parameter (e.g. 'my-value'). Got value 1",
        "params.x = a # Parameter value is either not quoted or unidentified quote types",
        "name = 'a' # Invalid attribute key 'name' specified.",
        "foo.x = 'a' # Invalid entity type 'foo'.",
        "dataset.size = 'a' # Invalid dataset key 'size' specified.",
        "run_id IN () # While parsing a list in the query",
        "status IN ('a') # Invalid comparator 'IN'",
        "metrics.m IS NULL # IS NULL / IS NOT NULL is only supported for tags and params",
        "metrics.m > 1; metrics.n > 2 # Invalid clause(s) in filter string: ';'",
        "(metrics.m > 1 # Invalid clause(s) in filter string",
        "metrics.m > 1 OR # Invalid clause(s) in filter string: 'OR'",
        "params.x = 'a # Expected a quoted string value for parameter"
      })
  void malformedFiltersAreRefusedInMlflowsWords(String text, String message) {
    assertThatThrownBy(() -> FilterParser.parse(text, Vocabularies.RUNS))
        .isInstanceOfSatisfying(
            TrackingException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE))
        .hasMessageContaining(message);
  }

  @Test
  void timesOfExperimentsAreWholeNumbers() {
    assertThatThrownBy(() -> FilterParser.parse("creation_time > 5.5", Vocabularies.EXPERIMENTS))
        .hasMessageContaining("Invalid value for numeric attribute 'creation_time': '5.5'");
  }

  @Test
  void quotesMayBeDoubledInsideAndStayAsTheyAre() {
    assertThat(FilterParser.parse("params.x = 'it''s'", Vocabularies.RUNS))
        .isEqualTo(
            new Filter.Comparison(
                new Field(Kind.PARAM, "x"), Operator.EQUAL, new Value.Text("it''s")));
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.`a b` desc, METRIC, a b, false",
    "start_time, ATTRIBUTE, start_time, true",
    "attribute.Created ASC, ATTRIBUTE, start_time, true",
    "tags.\"a/b\", TAG, a/b, true"
  })
  void ordersAreRead(String text, Kind kind, String key, boolean ascending) {
    assertThat(FilterParser.order(text, Vocabularies.RUNS))
        .isEqualTo(new OrderBy(new Field(kind, key), ascending));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "foo", "metrics.m down", "metrics.m asc desc", "status, run_id", "1"})
  void malformedOrdersAreRefused(String text) {
    assertThatThrownBy(() -> FilterParser.order(text, Vocabularies.RUNS))
        .isInstanceOf(TrackingException.class);
  }

  @Test
  void printedTreesAreReadBackAsTheyWere() {
    var random = new Random(42);
    for (var i = 0; i < 2000; i++) {
      var tree = tree(random, 4);
      assertThat(FilterParser.parse(tree.toString(), Vocabularies.RUNS)).isEqualTo(tree);
    }
  }

  @Test
  void noTextMakesTheParserFailInAnotherWay() {
    var random = new Random(7);
    var pieces =
        List.of(
            "metrics.m",
            "params.`a",
            "run_id",
            "IN",
            "(",
            ")",
            "NOT",
            "AND",
            "OR",
            "IS",
            "NULL",
            "'a'",
            "'",
            "\"",
            "`",
            "1",
            "-",
            "1e",
            ".",
            ",",
            "=",
            "<>",
            "LIKE",
            "tags.",
            "\\'",
            "''",
            "\0",
            "ü",
            "\ud83d\ude00",
            "dataset.name",
            ";",
            "--",
            " ");
    for (var i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (var n = random.nextInt(12); n >= 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      for (var vocabulary : List.of(Vocabularies.RUNS, Vocabularies.LOGGED_MODELS)) {
        try {
          assertThat(FilterParser.parse(text.toString(), vocabulary)).isNotNull();
          assertThat(FilterParser.order(text.toString(), vocabulary)).isNotNull();
        } catch (TrackingException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
        }
      }
    }
  }

  @Test
  void deepNestingIsRefusedRatherThanFatal() {
    assertThatThrownBy(() -> FilterParser.parse("(".repeat(100_000), Vocabularies.RUNS))
        .isInstanceOf(TrackingException.class);
    assertThatThrownBy(() -> FilterParser.parse("NOT ".repeat(100_000), Vocabularies.RUNS))
        .isInstanceOf(TrackingException.class);
  }

  private static Filter tree(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(5)) {
      case 1 -> new Filter.And(parts(random, depth));
      case 2 -> new Filter.Or(parts(random, depth));
      case 3 -> new Filter.Not(tree(random, depth - 1));
      default -> leaf(random);
    };
  }

  private static List<Filter> parts(Random random, int depth) {
    var parts = new ArrayList<Filter>();
    for (var n = 2 + random.nextInt(2); n > 0; n--) {
      parts.add(tree(random, depth - 1));
    }
    return parts;
  }

  private static Filter leaf(Random random) {
    var key = text(random, "ab. /ü1`") + "x";
    var operator = random.nextBoolean() ? Operator.NOT_EQUAL : Operator.ILIKE;
    return switch (random.nextInt(5)) {
      case 0 ->
          new Filter.Comparison(
              new Field(Kind.METRIC, key),
              Operator.LESS_OR_EQUAL,
              new Value.Numeric(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300)));
      case 1 ->
          new Filter.Comparison(
              new Field(Kind.ATTRIBUTE, "run_id"),
              Operator.NOT_IN,
              new Value.Texts(List.of(text(random, "a'b"), text(random, "c\"d "))));
      case 2 -> new Filter.Presence(new Field(Kind.TAG, key), random.nextBoolean());
      case 3 ->
          new Filter.Comparison(
              new Field(Kind.PARAM, key), operator, new Value.Text(text(random, "%_ a'\u00fc(")));
      default ->
          new Filter.Comparison(
              new Field(Kind.DATASET, "digest"), operator, new Value.Text(text(random, "x\"y;")));
    };
  }

  private static String text(Random random, String letters) {
    var text = new StringBuilder();
    for (var n = random.nextInt(6); n > 0; n--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
