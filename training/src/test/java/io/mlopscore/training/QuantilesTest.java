package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Trees learn from large tables in a time that people wait for.
class QuantilesTest {
  private static final int ROWS = 20_000;

  /// The label is told by the first column, the second has few different numbers.
  private static Table table() {
    var random = new Random(1);
    var rows =
        IntStream.range(0, ROWS)
            .mapToObj(row -> new double[] {random.nextGaussian(), row % 7, random.nextDouble()})
            .toList();
    var labels = rows.stream().map(row -> row[0] < 0.5 ? "low" : "high").toList();
    return new Table("kind", List.of("tells", "few", "noise"), rows, labels);
  }

  @Test
  void ordersStayAndNumbersBecomeFew() {
    var table = table();
    var rounded = Quantiles.rounded(table);
    var order = IntStream.range(0, ROWS).boxed().sorted((a, b) -> compare(table, a, b)).toList();

    assertThat(order.stream().map(row -> rounded.row(row)[0]).toList()).isSorted();
    assertThat(column(rounded, 0).distinct()).hasSize(Quantiles.PARTS);
    assertThat(column(rounded, 1).distinct()).hasSize(7);
  }

  private static DoubleStream column(Table table, int column) {
    return IntStream.range(0, table.size()).mapToDouble(row -> table.row(row)[column]);
  }

  private static int compare(Table table, int one, int other) {
    return Double.compare(table.row(one)[0], table.row(other)[0]);
  }

  @Test
  void numbersThatManyRowsHaveStay() {
    var rows =
        IntStream.range(0, 3000).mapToObj(row -> new double[] {Math.max(0, row - 2500)}).toList();
    var labels = IntStream.range(0, 3000).mapToObj(row -> row < 2500 ? "a" : "b").toList();
    var rounded = Quantiles.rounded(new Table("kind", List.of("x"), rows, labels));

    assertThat(rounded.row(0)).containsExactly(0);
    assertThat(rounded.row(2501)[0]).isPositive();
  }

  /// The time would grow with the square of the rows if every number stayed.
  @Test
  @Timeout(120)
  void forestLearnsFromManyDifferentNumbers() {
    var table = table();
    var forest = TrainedModel.learn(new Algorithm.RandomForest(50, 10, 1, 42), table);

    assertThat(forest.classes()).containsExactly("high", "low");
  }
}
