package io.mlopscore.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the commands that look at tracked things have in common.
final class TrackingOptions {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Option(
      names = "--tracking-uri",
      description = "sqlite:///file.db or http://host:port (MLFLOW_TRACKING_URI).")
  private @Nullable String uri;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /// Opens the tracking store for a look; a database that is not there is not made.
  <T> T with(Function<Tracking, T> work) throws IOException {
    var place = uri == null ? TrackingUri.ofEnvironment() : uri;
    if (DatabaseUri.isDatabase(place)
        && DatabaseUri.read(place, Path.of(""), System.getenv()) instanceof Sqlite(var file)
        && Files.notExists(file)) {
      throw new IOException(
          file
              + ": no such database. Run this in a project folder after `mlops repro`, or name"
              + " another with --tracking-uri.");
    }
    try (var tracking = Tracking.open(place, Path.of(""))) {
      return work.apply(tracking);
    }
  }

  /// Changes something; the audit log is told if it is in a database, a server tells its own.
  ///
  /// @param command such as `runs delete`
  /// @param ids what the change is about
  <T> T change(String command, Map<String, ?> ids, Function<Tracking, T> work) throws IOException {
    var place = uri == null ? TrackingUri.ofEnvironment() : uri;
    return DatabaseUri.isDatabase(place)
        ? CommandAudit.ofEnvironment().tell(command, ids, () -> with(work))
        : with(work);
  }

  /// Says what was done, as JSON if that is wanted.
  void say(String sentence, Map<String, ?> facts) {
    System.out.println(json ? json(facts) : sentence);
  }

  void print(Object value, TextTable table) {
    System.out.print(json ? json(value) + "\n" : table);
  }

  static String json(Object value) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts and numbers are always JSON", e);
    }
  }

  /// A moment as people read it.
  ///
  /// @param milliseconds since the epoch
  static String time(long milliseconds) {
    return TIME.format(Instant.ofEpochMilli(milliseconds).truncatedTo(ChronoUnit.SECONDS));
  }
}
