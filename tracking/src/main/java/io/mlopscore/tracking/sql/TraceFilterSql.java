package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Field.Kind;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.Filter.Comparison;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.List;

/// Writes filters of traces as conditions of SQL on a row `t` of `trace_info`.
///
/// @param fields where the fields are
/// @param plain for what is a column, a tag or metadata
record TraceFilterSql(TraceFields fields, FilterSql plain) {
  static TraceFilterSql of(Layout layout) {
    var fields = new TraceFields(layout);
    return new TraceFilterSql(fields, new FilterSql(fields.searched()));
  }

  SqlText condition(Filter filter) {
    return switch (filter) {
      case Filter.And(var parts) -> all(parts);
      case Filter.Or(var parts) -> joined(parts, " OR ");
      case Filter.Not(var part) ->
          SqlText.of("(CASE WHEN ").add(condition(part)).add(" THEN 0 ELSE 1 END = 1)");
      case Filter.Presence(var field, var present) -> presence(fields.meant(field), present);
      case Comparison(var field, var operator, var value) ->
          comparison(new Comparison(fields.meant(field), operator, value));
    };
  }

  /// What is said of spans side by side is said of the same span.
  private SqlText all(List<Filter> parts) {
    var ofSpans = parts.stream().filter(this::isOfSpan).map(Comparison.class::cast).toList();
    var others = parts.stream().filter(part -> !isOfSpan(part)).toList();
    var text = SqlText.of("(1 = 1");
    others.forEach(part -> text.add(" AND ").add(condition(part)));
    if (!ofSpans.isEmpty()) {
      text.add(" AND ").add(ofOneSpan(ofSpans));
    }
    return text.add(")");
  }

  private boolean isOfSpan(Filter part) {
    return part instanceof Comparison(var field, _, _) && fields.meant(field).kind() == Kind.SPAN;
  }

  private SqlText ofOneSpan(List<Comparison> comparisons) {
    fields.layout().require("spans", "spans");
    var text = SqlText.of("EXISTS (SELECT 1 FROM spans x WHERE x.trace_id = t.request_id");
    for (var comparison : comparisons) {
      var field = fields.meant(comparison.field());
      text.add(" AND ").add(span(new Comparison(field, comparison.operator(), comparison.value())));
    }
    return text.add(")");
  }

  private static SqlText span(Comparison comparison) {
    var key = comparison.field().key();
    return key.startsWith("attributes.")
        ? SpanAttributeSql.condition(key.substring("attributes.".length()), comparison)
        : FilterSql.compared("x." + key, comparison.operator(), comparison.value());
  }

  private SqlText joined(List<Filter> parts, String word) {
    var text = SqlText.of("(");
    for (var part : parts) {
      text.add(part == parts.getFirst() ? "" : word).add(condition(part));
    }
    return text.add(")");
  }

  private SqlText presence(Field field, boolean present) {
    if (fields.isSums(field)) {
      return TraceSums.presence(field, present);
    }
    return switch (field.kind()) {
      case ATTRIBUTE ->
          SqlText.of(fields.searched().column(field) + (present ? " IS NOT NULL" : " IS NULL"));
      case FEEDBACK, EXPECTATION ->
          SqlText.of(present ? "" : "NOT ").add(assessed(field, new SqlText()));
      case METRIC, PARAM, TAG, DATASET, METADATA, SPAN, ISSUE ->
          plain.condition(new Filter.Presence(field, present));
    };
  }

  SqlText comparison(Comparison comparison) {
    var field = comparison.field();
    if (fields.isSums(field)) {
      return TraceSums.compared(comparison);
    }
    return switch (field.kind()) {
      case SPAN -> ofOneSpan(List.of(comparison));
      case FEEDBACK, EXPECTATION -> assessed(field, judgement(comparison));
      case ISSUE -> issue(comparison.value());
      case ATTRIBUTE ->
          switch (field.key()) {
            case "run_id" -> run(comparison);
            case "prompt" -> linked("prompt_version", comparison.value());
            default -> plain.condition(comparison);
          };
      case METRIC, PARAM, TAG, DATASET, METADATA -> plain.condition(comparison);
    };
  }

  /// A trace belongs to the run it was made in, and to those it was linked to.
  private SqlText run(Comparison comparison) {
    var made = plain.condition(comparison);
    return comparison.operator() == Operator.EQUAL
        ? SqlText.of("(").add(made).add(" OR ").add(linked("run", comparison.value())).add(")")
        : made;
  }

  private SqlText linked(String kind, Value value) {
    if (!fields.layout().has("entity_associations")) {
      return SqlText.of("1 = 0");
    }
    return SqlText.of(
            "EXISTS (SELECT 1 FROM entity_associations x WHERE x.source_type = 'trace'"
                + " AND x.source_id = t.request_id AND x.destination_type = ?",
            kind)
        .add(" AND ")
        .add(FilterSql.compared("x.destination_id", Operator.EQUAL, value))
        .add(")");
  }

  private SqlText issue(Value value) {
    fields.layout().require("assessments", "assessments");
    return SqlText.of(
            "EXISTS (SELECT 1 FROM assessments x WHERE x.trace_id = t.request_id"
                + " AND x.assessment_type = 'issue' AND ")
        .add(FilterSql.compared("x.name", Operator.EQUAL, value))
        .add(")");
  }

  /// An assessment of a whole session counts for each of its traces.
  private SqlText assessed(Field field, SqlText judgement) {
    fields.layout().require("assessments", "assessments");
    var wanted =
        SqlText.of(
                "x.assessment_type = ? AND x.name = ? AND x.valid",
                field.kind() == Kind.FEEDBACK ? "feedback" : "expectation",
                field.key())
            .add(judgement);
    var text =
        SqlText.of("(EXISTS (SELECT 1 FROM assessments x WHERE x.trace_id = t.request_id AND ")
            .add(wanted)
            .add(")");
    if (fields.hasColumns()) {
      text.add(
              " OR EXISTS (SELECT 1 FROM assessments x JOIN trace_info s"
                  + " ON s.request_id = x.trace_id WHERE s.experiment_id = t.experiment_id"
                  + " AND s.session_id = t.session_id AND x.assessment_metadata LIKE ? AND ",
              "%\"" + TraceInfo.SESSION + "\":%")
          .add(wanted)
          .add(")");
    }
    return text.add(")");
  }

  private SqlText judgement(Comparison comparison) {
    return switch (comparison.value()) {
      case Value.Numeric _ -> {
        if (!fields.layout().has("assessments", "aggregate_value")) {
          throw new TrackingException(
              ErrorCode.NOT_IMPLEMENTED,
              "This tracking database was made by an older MLflow, which cannot compare"
                  + " assessments with numbers; upgrade it with `mlops server db upgrade`.");
        }
        yield SqlText.of(" AND x.is_numeric_value AND ")
            .add(
                FilterSql.compared("x.aggregate_value", comparison.operator(), comparison.value()));
      }
      case Value.Text(var text) -> said(comparison, text);
      case Value.Texts _ -> throw new IllegalStateException("assessments have no lists");
    };
  }

  /// Values are JSON: a text may be given with or without its quotes.
  private static SqlText said(Comparison comparison, String text) {
    var quoted = com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    return switch (comparison.operator()) {
      case EQUAL -> SqlText.of(" AND x.value IN (?, ?)", text, quoted);
      case NOT_EQUAL -> SqlText.of(" AND x.value NOT IN (?, ?)", text, quoted);
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, LIKE, ILIKE, RLIKE, IN, NOT_IN ->
          SqlText.of(" AND ")
              .add(FilterSql.compared("x.value", comparison.operator(), comparison.value()));
    };
  }
}
