package io.mlopscore.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlopscore.model.Scorer;
import io.mlopscore.training.awt.ConfusionPicture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// The figures, against scikit-learn 1.9's on the same six rows.
class EvaluationTest {
  private static final List<String> ACTUAL = List.of("a", "a", "a", "b", "b", "c");
  private static final List<double[]> ANSWERS =
      List.of(
          new double[] {0.7, 0.2, 0.1},
          new double[] {0.5, 0.5, 0.0},
          new double[] {0.1, 0.6, 0.3},
          new double[] {0.2, 0.8, 0.0},
          new double[] {0.3, 0.3, 0.4},
          new double[] {0.9, 0.1, 0.0});

  private final Evaluation evaluation = Evaluation.of(new Known(), table());

  @Test
  void headlineFigures() {
    assertThat(evaluation.accuracy()).isCloseTo(0.5, within(1e-15));
    assertThat(evaluation.precision()).isCloseTo(0.5, within(1e-15));
    assertThat(evaluation.recall()).isCloseTo(0.5, within(1e-15));
    assertThat(evaluation.f1()).isCloseTo(0.5, within(1e-15));
    assertThat(evaluation.logLoss()).isCloseTo(6.80386282704167, within(1e-12));
  }

  @Test
  void figuresOfEachLabel() {
    assertThat(evaluation.byLabel().get("a")).isEqualTo(LabelScores.of(evaluation.matrix(), 0));
    assertThat(LabelScores.of(evaluation.matrix(), 0).f1()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(evaluation.byLabel().get("b")).isEqualTo(new LabelScores(0.5, 0.5, 0.5, 2));
    assertThat(evaluation.byLabel().get("c")).isEqualTo(new LabelScores(0, 0, 0, 1));
  }

  @Test
  void matrixAsText() {
    assertThat(evaluation.matrix().text())
        .isEqualTo(
            """
            actual \\ predicted       a       b       c
            a                        2       1       0
            b                        0       1       1
            c                        1       0       0
            """);
  }

  @Test
  void rocCurves() {
    var curves = evaluation.roc().curves();
    assertThat(requireNonNull(curves.get("a")).area()).isCloseTo(4.0 / 9, within(1e-15));
    assertThat(requireNonNull(curves.get("b")).area()).isCloseTo(0.75, within(1e-15));
    assertThat(requireNonNull(curves.get("c")).area()).isCloseTo(0.2, within(1e-15));
    assertThat(evaluation.metrics().get("roc_auc")).isCloseTo(91.0 / 180, within(1e-15));
  }

  /// Each class has its own false positive rates; between them its line goes straight.
  @Test
  void rocCurvesAsTable() {
    var lines = evaluation.roc().csv().lines().toList();

    assertThat(lines).hasSize(12);
    assertThat(lines.getFirst()).isEqualTo("false_positive_rate,macro_average,a,b,c");
    assertThat(lines.subList(1, 3))
        .containsExactly("0.0,0.0,0.0,0.0,0.0", "0.0,0.16666666666666666,0.0,0.5,0.0");
    assertThat(lines).contains("0.5,0.5555555555555555,0.6666666666666666,1.0,0.0");
    assertThat(lines.getLast()).isEqualTo("1.0,1.0,1.0,1.0,1.0");
  }

  /// Of 5,000 rows that no two answers are the same for.
  @Test
  void rocCurvesOfManyRowsAreAShortTable() {
    var labels = IntStream.range(0, 5000).mapToObj(row -> row % 3 == 0 ? "a" : "b").toList();
    var answers =
        IntStream.range(0, 5000).mapToObj(row -> new double[] {row / 5e3, 1 - row / 5e3}).toList();
    var lines = RocCurves.of(List.of("a", "b"), answers, labels).csv().lines().toList();

    assertThat(lines).hasSize(1002);
    assertThat(lines.get(1)).isEqualTo("0.0,0.0,0.0,0.0");
    assertThat(lines.getLast()).isEqualTo("1.0,1.0,1.0,1.0");
  }

  @Test
  void classesMayBeCalledAsAveragesAre() {
    var labels = List.of("weighted", "macro_average", "weighted", "macro_average");
    var rows = List.of(row(0), row(1), row(1), row(1));
    var evaluation =
        Evaluation.of(
            new Threshold("weighted", "macro_average"),
            new Table("kind", List.of("used"), rows, labels));

    assertThat(evaluation.metrics())
        .containsEntry("recall_weighted", 0.75)
        .containsEntry("recall_weighted_2", 0.5);
    assertThat(evaluation.roc().csv())
        .startsWith("false_positive_rate,macro_average,weighted,macro_average_2\n");
  }

  private static double[] row(double value) {
    return new double[] {value};
  }

  @Test
  void matrixAsPicture() throws IOException {
    var png = ConfusionPicture.png(evaluation.matrix());

    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isGreaterThan(400);
    assertThat(ConfusionPicture.png(evaluation.matrix())).isEqualTo(png);
  }

  @Test
  void importantFeatureIsTheOneTheModelLooksAt() {
    var looksAtFirst = new Threshold("a", "b");
    var rows = List.of(new double[] {0, 5}, new double[] {1, 3}, new double[] {0, 9});
    var table = new Table("kind", List.of("used", "noise"), rows, List.of("a", "b", "a"));

    var importance = FeatureImportance.of(looksAtFirst, table, 1);

    assertThat(importance.getOrDefault("used", 0.0)).isGreaterThan(0.1);
    assertThat(importance).containsEntry("noise", 0.0);
  }

  private static Table table() {
    var rows =
        List.of(
            new double[] {0, 5},
            new double[] {1, 3},
            new double[] {2, 9},
            new double[] {3, 1},
            new double[] {4, 4},
            new double[] {5, 8});
    return new Table("kind", List.of("row", "noise"), rows, ACTUAL);
  }

  /// Knows the label by the first feature.
  private record Threshold(String low, String high) implements Scorer {
    @Override
    public List<String> classes() {
      return List.of(low, high);
    }

    @Override
    public double[] probabilities(double[] row) {
      return row[0] < 0.5 ? new double[] {0.9, 0.1} : new double[] {0.1, 0.9};
    }

    @Override
    public void close() {}
  }

  /// Answers by the number of the row.
  private record Known() implements Scorer {
    @Override
    public List<String> classes() {
      return List.of("a", "b", "c");
    }

    @Override
    public double[] probabilities(double[] row) {
      return ANSWERS.get((int) row[0]);
    }

    @Override
    public void close() {}
  }
}
