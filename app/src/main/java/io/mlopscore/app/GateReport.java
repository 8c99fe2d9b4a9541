package io.mlopscore.app;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.gates.Gate;
import io.mlopscore.pipeline.gates.Verdict;
import io.mlopscore.training.McNemar;
import io.mlopscore.training.ModelComparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the gates say of a candidate.
///
/// @param champion what it was compared with, null if there was none
/// @param data the frozen file
/// @param digest its MD5
/// @param rows how many rows both were scored on
/// @param difference whether they differ beyond chance, null without a champion
record GateReport(
    String model,
    String candidate,
    @Nullable String champion,
    String data,
    String digest,
    int rows,
    boolean passed,
    List<Judged> gates,
    @Nullable Difference difference) {

  /// A gate and what it found, in plain values for JSON.
  record Judged(
      String metric,
      String gate,
      @Nullable Double champion,
      @Nullable Double candidate,
      List<String> breaches) {
    private static Judged of(Verdict verdict) {
      return new Judged(
          verdict.gate().metric(),
          verdict.gate().text(),
          verdict.before().orElse(null),
          verdict.now().orElse(null),
          verdict.breaches());
    }

    private String state() {
      return breaches.isEmpty() ? "passed" : String.join("; ", breaches);
    }
  }

  /// McNemar's test.
  ///
  /// @param onlyCandidate rows that the candidate alone gets right
  /// @param onlyChampion rows that the champion alone gets right
  /// @param pValue how probable a difference like this is if both are equally good
  record Difference(int onlyCandidate, int onlyChampion, double pValue) {
    private static Difference of(McNemar test) {
      return new Difference(test.onlyFirst(), test.onlySecond(), test.pValue());
    }
  }

  static GateReport of(
      String model,
      Contender candidate,
      Optional<Contender> champion,
      FrozenData data,
      ModelComparison comparison,
      List<Gate> gates) {
    var now = comparison.candidate().metricsByAnyName();
    var before = comparison.champion().map(evaluation -> evaluation.metricsByAnyName());
    var verdicts =
        gates.stream()
            .map(
                gate ->
                    gate.judge(
                        before.map(metrics -> metrics.get(gate.metric())),
                        Optional.ofNullable(now.get(gate.metric()))))
            .toList();
    return new GateReport(
        model,
        candidate.name(),
        champion.map(Contender::name).orElse(null),
        data.rows().path().toString(),
        data.digest(),
        data.rows().rows().size(),
        verdicts.stream().allMatch(Verdict::passed),
        verdicts.stream().map(Judged::of).toList(),
        comparison.test().map(Difference::of).orElse(null));
  }

  String text() {
    var table = new TextTable("METRIC", "CHAMPION", "CANDIDATE", "GATE", "");
    for (var gate : gates) {
      table.row(
          gate.metric(),
          number(gate.champion()),
          number(gate.candidate()),
          gate.gate(),
          gate.state());
    }
    return "%s: %s%s on %s (%d rows, md5 %s)%n%s%s%s%n"
        .formatted(
            model,
            candidate,
            champion == null ? "" : " beside " + champion,
            data,
            rows,
            digest,
            table,
            differenceText(),
            passed ? "passed" : "refused");
  }

  private String differenceText() {
    return difference == null
        ? "There is no champion yet, so only limits count.\n"
        : String.format(
            Locale.ROOT,
            "Rows that only the candidate gets right: %d, only the champion: %d"
                + " (McNemar's exact test: p = %.3g)%n",
            difference.onlyCandidate(),
            difference.onlyChampion(),
            difference.pValue());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /// What is wrong, in one line for a tag.
  String reason() {
    return gates.stream()
        .filter(gate -> !gate.breaches().isEmpty())
        .map(gate -> gate.metric() + ": " + gate.state())
        .collect(joining(", "));
  }
}
