package io.mlopscore.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Names of metrics, from any column and label.
class MetricNamesTest {
  @Test
  void allowedNamesStay() {
    assertThat(names("recall_x-1.5/b: c", "recall_\u5E45"))
        .containsExactly("recall_x-1.5/b: c", "recall_\u5E45");
  }

  @Test
  void otherCharactersBecomeUnderscores() {
    assertThat(names("recall_\u5E45 (cm)", "recall_\uD83C\uDF38", "recall_a\nb"))
        .containsExactly("recall_\u5E45 _cm_", "recall__", "recall_a_b");
  }

  @Test
  void comparisonsAreSpelled() {
    assertThat(names("f1_<=50K", "f1_>50K", "f1_>=5", "f1_<5", "f1_=5"))
        .containsExactly("f1_le_50K", "f1_gt_50K", "f1_ge_5", "f1_lt_5", "f1__5");
  }

  @Test
  void sameNamesAreNumberedAndNoneIsLost() {
    assertThat(names("x(", "x)", "x_", "x__2")).containsExactly("x__3", "x__4", "x_", "x__2");
  }

  @Test
  void pathsThatLeadNowhereLoseTheirSlashes() {
    assertThat(names("x_a/", "x_a//b", "x_/../b")).containsExactly("x_a_", "x_a__b", "x__.._b");
  }

  /// Of a class that is called `weighted`.
  @Test
  void averagesKeepTheirNames() {
    var ours = Map.of("recall_weighted", 0.5);
    var metrics = Map.of("recall_weighted", 0.25);

    assertThat(MetricNames.accepted(ours, metrics))
        .containsOnly(Map.entry("recall_weighted", 0.5), Map.entry("recall_weighted_2", 0.25));
  }

  @Test
  void longNamesAreCut() {
    var longer = "x".repeat(300);

    assertThat(names(longer, longer + "y"))
        .containsExactly("x".repeat(250), "x".repeat(248) + "_2");
  }

  private static List<String> names(String... given) {
    var metrics = new LinkedHashMap<String, Double>();
    for (var name : given) {
      metrics.put(name, (double) metrics.size());
    }
    Map<String, Double> accepted = MetricNames.accepted(Map.of(), metrics);
    assertThat(accepted.values()).containsExactlyElementsOf(metrics.values());
    accepted.keySet().forEach(name -> Names.key("metric", name));
    return List.copyOf(accepted.keySet());
  }
}
