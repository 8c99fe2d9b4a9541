package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.search.RegularExpression;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/// Functions that PostgreSQL has and SQLite lacks.
final class SqliteFunctions {
  private SqliteFunctions() {}

  static void create(Connection connection) throws SQLException {
    Function.create(connection, "regexp_match", new RegexpMatch(), 2, Function.FLAG_DETERMINISTIC);
    Function.create(connection, "percentile", new Percentile(), 2, Function.FLAG_DETERMINISTIC);
  }

  /// `regexp_match(text, pattern)`, which is NULL where nothing matches.
  private static final class RegexpMatch extends Function {
    private String known = "";
    private @Nullable RegularExpression expression;

    @Override
    protected void xFunc() throws SQLException {
      var text = value_text(0);
      var pattern = value_text(1);
      if (text != null && pattern != null && compiled(pattern).isIn(text)) {
        result(1);
      } else {
        result();
      }
    }

    /// A search asks for the same one row after row.
    private RegularExpression compiled(String pattern) throws SQLException {
      var last = expression;
      if (last != null && known.equals(pattern)) {
        return last;
      }
      try {
        var compiled = new RegularExpression(pattern);
        expression = compiled;
        known = pattern;
        return compiled;
      } catch (TrackingException e) {
        throw new SQLException(e.getMessage(), e);
      }
    }
  }

  /// `percentile(value, 0 to 100)`, between the two nearest values as far as it is from them.
  private static final class Percentile extends Function.Aggregate {
    private List<Double> values = new ArrayList<>();
    private double percent;

    @Override
    protected void xStep() throws SQLException {
      if (value_text(0) != null) {
        values.add(value_double(0));
        percent = value_double(1);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      if (values.isEmpty()) {
        result();
        return;
      }
      Collections.sort(values);
      var place = percent / 100 * (values.size() - 1);
      var below = values.get((int) Math.floor(place));
      var above = values.get((int) Math.ceil(place));
      result(below + (above - below) * (place - Math.floor(place)));
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
      var copy = (Percentile) super.clone();
      copy.values = new ArrayList<>();
      return copy;
    }
  }
}
