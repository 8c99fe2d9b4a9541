package io.mlopscore.tracking;

import static io.mlopscore.tracking.ExampleTraces.START;
import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.traces.FilterCorrelation;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Aggregation;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of traces tells of many together.
interface TraceNumbersContract extends TracesUnderTest {
  @Test
  default void filtersAreCompared() {
    twoTraces();
    var experiments = List.of("0");
    var counted =
        traces()
            .correlation(experiments, "span.name = 'llm'", "status = 'ERROR'", "tags.env = 'dev'");
    assertThat(counted).isEqualTo(new FilterCorrelation(2, 1, 1, 0));
    assertThat(counted.npmi()).isEqualTo(-1);
    assertThat(traces().correlation(experiments, "span.type = 'TOOL'", "name = 'x'", ""))
        .isEqualTo(new FilterCorrelation(2, 1, 0, 0));
    var base = "span.name = 'llm'";
    assertThat(traces().correlation(experiments, "span.type = 'TOOL'", "tags.env = 'dev'", base))
        .as("the base says it of the same span")
        .isEqualTo(new FilterCorrelation(1, 0, 1, 0));
  }

  @Test
  default void numbersOfManyTracesAreTold() {
    twoTraces();
    var counts = asked(TraceMetricsQuery.View.TRACES, "trace_count", Kind.COUNT);
    assertThat(traces().metrics(counts))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("COUNT", 2.0)));
    var byStatus =
        new TraceMetricsQuery(
            List.of("0"),
            TraceMetricsQuery.View.TRACES,
            "trace_count",
            List.of(new Aggregation(Kind.COUNT, null)),
            List.of("trace_status"),
            List.of("trace.tag.env = 'dev'"),
            3600L,
            START - 3_600_000,
            START + 3_600_000,
            10);
    assertThat(traces().metrics(byStatus))
        .extracting(TraceMetricPoint::dimensions)
        .containsExactly(
            Map.of("time_bucket", "2023-11-14T22:00:00+00:00", "trace_status", "ERROR"),
            Map.of("time_bucket", "2023-11-14T22:00:00+00:00", "trace_status", "OK"));
    var tokens =
        new TraceMetricsQuery(
            List.of("0"),
            TraceMetricsQuery.View.TRACES,
            "input_tokens",
            List.of(new Aggregation(Kind.SUM, null), new Aggregation(Kind.PERCENTILE, 50.0)),
            List.of(),
            List.of("trace.metadata.`mlflow.trace.session` = 'talk'"),
            null,
            null,
            null,
            10);
    assertThat(traces().metrics(tokens))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("SUM", 10.0, "P50.0", 10.0)));
    assertThat(traces().metrics(asked(TraceMetricsQuery.View.SPANS, "latency", Kind.MAX)))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("MAX", 50.0)));
    assertThat(traces().metrics(asked(TraceMetricsQuery.View.SPANS, "total_cost", Kind.AVG)))
        .isEmpty();
    assertThat(
            traces()
                .metrics(asked(TraceMetricsQuery.View.ASSESSMENTS, "assessment_value", Kind.MIN)))
        .containsExactly(new TraceMetricPoint(Map.of(), Map.of("MIN", 0.75)));
    assertRefused(
        () -> traces().metrics(asked(TraceMetricsQuery.View.TRACES, "latency", Kind.SUM)),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Found invalid aggregation_type(s): [SUM]");
  }

  private static TraceMetricsQuery asked(TraceMetricsQuery.View view, String metric, Kind kind) {
    return new TraceMetricsQuery(
        List.of("0"),
        view,
        metric,
        List.of(new Aggregation(kind, null)),
        List.of(),
        List.of(),
        null,
        null,
        null,
        10);
  }
}
