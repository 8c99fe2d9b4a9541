package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import org.jspecify.annotations.Nullable;

/// How long the parts of a data set and its tags may be, as MLflow has it; SQLite would take
/// anything, and could then not be moved to a PostgreSQL.
final class DatasetRules {
  private DatasetRules() {}

  /// @throws TrackingException in MLflow's words
  static void check(DatasetInput input) {
    var dataset = input.dataset();
    require("name", dataset.name(), 500);
    require("digest", dataset.digest(), 36);
    require("source_type", dataset.sourceType(), 36);
    require("source", dataset.source(), 65_535);
    require("schema", dataset.schema(), 1_048_575);
    require("profile", dataset.profile(), 16_777_215);
    input
        .tags()
        .forEach(
            (key, value) -> {
              require("key", key, 255);
              require("value", value, 500);
            });
  }

  /// Counted in code points, as Python counts.
  private static void require(String name, @Nullable String value, int longest) {
    if (value != null
        && value.length() > longest
        && value.codePointCount(0, value.length()) > longest) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "'" + name + "' exceeds the maximum length of " + longest + " characters");
    }
  }
}
