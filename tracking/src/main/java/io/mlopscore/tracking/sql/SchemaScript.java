package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// The statements that make MLflow's newest schema, in an order that they can be run in.
record SchemaScript(List<String> statements) {
  static SchemaScript of(Dialect dialect) {
    var text = read(dialect.schema()).replaceFirst("^--.*\n", "");
    return new SchemaScript(
        Arrays.stream(text.split(";\n\n", -1)).filter(piece -> !piece.isBlank()).toList());
  }

  private static String read(String resource) {
    try (var in = SchemaScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(Connection connection) {
    statements.forEach(statement -> run(connection, statement));
  }

  /// Not through Jdbi's parser, which takes the colons of a trigger for parameters.
  static void run(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new TrackingException(
          ErrorCode.INTERNAL_ERROR,
          "The schema of the tracking database cannot be changed: "
              + e.getMessage()
              + " ("
              + sql.lines().findFirst().orElse("")
              + ")",
          e);
    }
  }
}
