package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter.Comparison;
import io.mlopscore.tracking.search.MetricsFilter;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import io.mlopscore.tracking.traces.TraceMetricPoint;
import io.mlopscore.tracking.traces.TraceMetricsQuery;
import io.mlopscore.tracking.traces.TraceMetricsQuery.Aggregation;
import io.mlopscore.tracking.traces.TraceMetricsQuery.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Answers questions for metrics of traces with one query, on the columns that MLflow 3.17 has.
record TraceMetrics(TraceMetricsQuery query, TraceMeasure measure, TraceFilterSql filters) {
  private static final String BUCKET = "time_bucket";
  private static final long NANOS = 1_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

  static List<TraceMetricPoint> points(Handle handle, Dialect dialect, TraceMetricsQuery query) {
    var measure = TraceMeasure.of(query);
    if (query.interval() != null && (query.from() == null || query.to() == null)) {
      throw refused("start_time_ms and end_time_ms are required if time_interval_seconds is set");
    }
    if (!TraceColumns.exist(handle)) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "This tracking database was made by an older MLflow, which keeps no numbers of traces;"
              + " upgrade it with `mlops server db upgrade`.");
    }
    var filters = TraceFilterSql.of(Layout.of(handle));
    return new TraceMetrics(query, measure, filters).points(handle, dialect);
  }

  private static TrackingException refused(String why) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, why);
  }

  private List<TraceMetricPoint> points(Handle handle, Dialect dialect) {
    return sql(dialect).query(handle).map((row, _) -> point(row)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private SqlText sql(Dialect dialect) {
    var dimensions = new ArrayList<SqlText>();
    if (query.interval() != null) {
      dimensions.add(bucket(query.interval()));
    }
    query.dimensions().forEach(each -> dimensions.add(SqlText.of(TraceMeasure.column(each))));
    var sql = SqlText.of("SELECT ");
    dimensions.forEach(dimension -> sql.add(dimension).add(", "));
    for (var i = 0; i < query.aggregations().size(); i++) {
      sql.add(i == 0 ? "" : ", ").add(aggregated(dialect, query.aggregations().get(i)));
    }
    sql.add(from());
    range(sql);
    query.filters().forEach(filter -> sql.add(" AND ").add(condition(MetricsFilter.parse(filter))));
    sql.add(" AND " + measure.value() + " IS NOT NULL");
    query
        .dimensions()
        .forEach(each -> sql.add(" AND " + TraceMeasure.column(each) + " IS NOT NULL"));
    if (!dimensions.isEmpty()) {
      var places =
          IntStream.rangeClosed(1, dimensions.size())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      sql.add(" GROUP BY " + places + " ORDER BY " + places);
    }
    return sql.add(" LIMIT ?", query.maxResults());
  }

  private SqlText from() {
    var experiments = query.experimentIds().stream().map(FilterSql::experiment).toList();
    var from =
        switch (query.view()) {
          case TRACES -> " FROM trace_info t WHERE ";
          case SPANS -> " FROM trace_info t JOIN spans s ON s.trace_id = t.request_id WHERE ";
          case ASSESSMENTS ->
              " FROM assessments a JOIN trace_info t ON t.request_id = a.trace_id"
                  + " WHERE a.valid AND ";
        };
    return SqlText.of(from + "t.experiment_id IN ").list(experiments);
  }

  private SqlText aggregated(Dialect dialect, Aggregation aggregation) {
    return switch (aggregation.kind()) {
      case COUNT ->
          SqlText.of((measure.isDistinct() ? "COUNT(DISTINCT " : "COUNT(") + measure.value() + ")");
      case SUM, AVG, MIN, MAX ->
          SqlText.of(aggregation.kind().name() + "(" + measure.value() + ")");
      case PERCENTILE ->
          SqlText.of(dialect.percentile(measure.value()), percent(aggregation.percent()));
    };
  }

  private static double percent(@Nullable Double percent) {
    if (percent == null || !(percent >= 0 && percent <= 100)) {
      throw refused("Percentile value must be between 0 and 100, got " + percent);
    }
    return percent;
  }

  /// Where the buckets are, in milliseconds.
  private SqlText bucket(long seconds) {
    if (seconds < 1 || seconds > Integer.MAX_VALUE) {
      throw refused("time_interval_seconds must be at least 1, got " + seconds);
    }
    return switch (query.view()) {
      case TRACES -> bucket("t.timestamp_ms", seconds * 1000, 1);
      case SPANS -> bucket("s.start_time_unix_nano", seconds * 1000 * NANOS, NANOS);
      case ASSESSMENTS -> bucket("a.trace_timestamp_ms", seconds * 1000, 1);
    };
  }

  /// Rounded down, before the epoch too.
  private static SqlText bucket(String time, long size, long unit) {
    return SqlText.of("(%1$s - (%1$s %% ? + ?) %% ?) / ?".formatted(time), size, size, size, unit);
  }

  private void range(SqlText sql) {
    if (measure.isOfSpanTime()) {
      bound(sql, "s.start_time_unix_nano >= ?", nanos(query.from(), 0));
      bound(sql, "s.start_time_unix_nano < ?", nanos(query.to(), 1));
    } else {
      var time = query.view() == View.ASSESSMENTS ? "a.trace_timestamp_ms" : "t.timestamp_ms";
      bound(sql, time + " >= ?", query.from());
      bound(sql, time + " <= ?", query.to());
    }
  }

  private static void bound(SqlText sql, String condition, @Nullable Long time) {
    if (time != null) {
      sql.add(" AND " + condition, time);
    }
  }

  /// As far as there are such.
  private static @Nullable Long nanos(@Nullable Long millis, long more) {
    var most = Long.MAX_VALUE / NANOS - 1;
    return millis == null ? null : Long.valueOf((Math.clamp(millis, -most, most) + more) * NANOS);
  }

  private SqlText condition(MetricsFilter filter) {
    return switch (filter.of()) {
      case TRACE_STATUS -> SqlText.of("t.status = ?", filter.value());
      case TRACE_TAG -> ofTrace(Field.Kind.TAG, filter);
      case TRACE_METADATA -> ofTrace(Field.Kind.METADATA, filter);
      case SPAN_NAME -> of(View.SPANS, "s.name", filter);
      case SPAN_STATUS -> of(View.SPANS, "s.status", filter);
      case SPAN_TYPE -> of(View.SPANS, "s.type", filter);
      case ASSESSMENT_NAME -> of(View.ASSESSMENTS, "a.name", filter);
      case ASSESSMENT_TYPE -> of(View.ASSESSMENTS, "a.assessment_type", filter);
    };
  }

  private SqlText ofTrace(Field.Kind kind, MetricsFilter filter) {
    var field = filters.fields().promoted(new Field(kind, filter.key()));
    return filters.comparison(
        new Comparison(field, Operator.EQUAL, new Value.Text(filter.value())));
  }

  private SqlText of(View view, String column, MetricsFilter filter) {
    if (query.view() != view) {
      throw refused("Filtering by " + filter.of() + " is only supported for the view " + view);
    }
    return SqlText.of(column + " = ?", filter.value());
  }

  /// Nothing where no aggregation has a value.
  private Optional<TraceMetricPoint> point(ResultSet row) throws SQLException {
    var column = 1;
    var dimensions = new LinkedHashMap<String, String>();
    if (query.interval() != null) {
      dimensions.put(BUCKET, TIME.format(Instant.ofEpochMilli(row.getLong(column++))));
    }
    for (var dimension : query.dimensions()) {
      dimensions.put(dimension, row.getString(column++));
    }
    var values = new LinkedHashMap<String, Double>();
    for (var aggregation : query.aggregations()) {
      var value = row.getDouble(column++);
      if (!row.wasNull()) {
        values.put(aggregation.label(), value);
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new TraceMetricPoint(dimensions, values));
  }
}
