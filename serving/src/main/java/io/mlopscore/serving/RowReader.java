package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mlopscore.model.Column;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object straight into the row of one model, without a tree in between.
///
/// Strict where a mistake could hide: a number must be a JSON number (not `"5.1"`, not `true`),
/// finite, within its range, and given once. Fields that the model does not know are ignored, so
/// that a caller may send its whole record.
final class RowReader {
  private final List<Column> columns;
  private final @Nullable Range[] ranges;
  private final Map<String, Integer> positions = new HashMap<>();

  /// @throws ModelException if an input is not a number or a boolean
  RowReader(List<Column> columns, Map<String, Range> ranges) {
    this.columns = List.copyOf(columns);
    this.ranges = new Range[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      var column = numeric(columns.get(i));
      this.ranges[i] = ranges.get(column.name());
      positions.put(column.name(), i);
    }
  }

  private static Column numeric(Column column) {
    return switch (column.type()) {
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE -> column;
      case STRING, BINARY, DATETIME ->
          throw new ModelException(
              "input '%s' is of type %s; only numbers and booleans can be served"
                  .formatted(column.name(), column.type().wireName()));
    };
  }

  /// @param body JSON in UTF-8
  ParsedRow read(byte[] body) {
    if (body.length == 0) {
      return invalid(FieldProblem.ofBody("missing", "The body is empty, send a JSON object"));
    }
    try (var parser = Json.FACTORY.createParser(body)) {
      return read(parser);
    } catch (IOException e) {
      return invalid(FieldProblem.ofBody("json_invalid", "The body is not valid JSON" + place(e)));
    }
  }

  private ParsedRow read(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return notAnObject(parser);
      }
      var row = new Row();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        row.readField(parser);
      }
      if (parser.nextToken() != null) {
        return invalid(FieldProblem.ofBody("json_invalid", "Something follows the JSON object"));
      }
      return row.finish();
    } catch (StreamConstraintsException _) {
      return invalid(
          FieldProblem.ofBody(
              "json_invalid", Json.BEYOND_LIMITS + place(parser.currentLocation())));
    }
  }

  private static ParsedRow notAnObject(JsonParser parser) throws IOException {
    // A broken document is a syntax error first, whatever it starts with.
    while (parser.nextToken() != null) {}
    return invalid(FieldProblem.ofBody("model_attributes_type", "The body must be a JSON object"));
  }

  private static String place(IOException e) {
    return e instanceof JsonProcessingException syntax && syntax.getLocation() != null
        ? place(syntax.getLocation())
        : "";
  }

  private static String place(JsonLocation location) {
    return " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static ParsedRow invalid(FieldProblem problem) {
    return new ParsedRow.Invalid(List.of(problem));
  }

  /// One body on its way to a row.
  private final class Row {
    private final double[] values = new double[columns.size()];
    private final boolean[] seen = new boolean[columns.size()];
    private @Nullable FieldProblem @Nullable [] problems;

    void readField(JsonParser parser) throws IOException {
      var position = positions.get(parser.currentName());
      var token = parser.nextToken();
      if (position == null) {
        parser.skipChildren();
        return;
      }
      var problem = seen[position] ? duplicate(position) : readValue(parser, token, position);
      if (problem != null) {
        report(position, problem);
      }
      seen[position] = true;
      parser.skipChildren();
    }

    private @Nullable FieldProblem readValue(JsonParser parser, JsonToken token, int position)
        throws IOException {
      var column = columns.get(position);
      return switch (token) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> accept(position, parser.getDoubleValue());
        case VALUE_TRUE, VALUE_FALSE -> readBoolean(token == JsonToken.VALUE_TRUE, position);
        case VALUE_STRING ->
            problem(column, "float_parsing", "This field must be a number, not a string");
        case VALUE_NULL -> column.required() ? notANumber(column) : accept(position, Double.NaN);
        default -> notANumber(column);
      };
    }

    private @Nullable FieldProblem readBoolean(boolean value, int position) {
      return switch (columns.get(position).type()) {
        case BOOLEAN -> accept(position, value ? 1 : 0);
        case INTEGER, LONG, FLOAT, DOUBLE, STRING, BINARY, DATETIME ->
            notANumber(columns.get(position));
      };
    }

    private @Nullable FieldProblem accept(int position, double value) {
      values[position] = value;
      var column = columns.get(position);
      if (Double.isNaN(value)) {
        return null; // an optional field that was left open
      }
      if (Double.isInfinite(value)) {
        return problem(column, "finite_number", "This number is too large");
      }
      var whole =
          switch (column.type()) {
            case INTEGER, LONG -> true;
            case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATETIME -> false;
          };
      if (whole && value != Math.rint(value)) {
        return problem(column, "int_from_float", "This field must be a whole number");
      }
      return outside(ranges[position], column, value);
    }

    private @Nullable FieldProblem outside(@Nullable Range range, Column column, double value) {
      if (range == null || range.contains(value)) {
        return null;
      }
      var below = value < range.min();
      double limit = below ? range.min() : range.max();
      return new FieldProblem(
          below ? "greater_than_equal" : "less_than_equal",
          Optional.of(column.name()),
          "This number must be at " + (below ? "least " : "most ") + limit,
          Optional.of(new FieldProblem.Bound(below ? "ge" : "le", limit)));
    }

    private FieldProblem duplicate(int position) {
      return problem(columns.get(position), "duplicate", "This field is given more than once");
    }

    private FieldProblem notANumber(Column column) {
      return problem(column, "float_type", "This field must be a number");
    }

    private FieldProblem problem(Column column, String type, String message) {
      return FieldProblem.ofField(type, column.name(), message);
    }

    private void report(int position, FieldProblem problem) {
      if (problems == null) {
        problems = new FieldProblem[columns.size()];
      }
      problems[position] = problem;
    }

    ParsedRow finish() {
      for (int i = 0; i < seen.length; i++) {
        if (!seen[i]) {
          if (columns.get(i).required()) {
            report(i, problem(columns.get(i), "missing", "This field is required"));
          } else {
            values[i] = Double.NaN;
          }
        }
      }
      if (problems == null) {
        return new ParsedRow.Row(values);
      }
      var found = new ArrayList<FieldProblem>();
      for (var problem : problems) {
        if (problem != null) {
          found.add(problem);
        }
      }
      return new ParsedRow.Invalid(found);
    }
  }
}
