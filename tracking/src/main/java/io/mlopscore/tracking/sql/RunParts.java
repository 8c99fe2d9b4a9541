package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/// The runs that a search found, a few at a time: as many as are about a megabyte of text. Each
/// part is one state of the database; a run that is removed meanwhile is left out.
final class RunParts implements SearchParts<Run> {
  /// Before anything is known of their size.
  private static final int FIRST = 25;

  private static final int MOST = 500;
  private static final long TEXT = 1 << 20;

  /// A character more or less, and what the objects around take.
  private static final int OVERHEAD = 3;

  private final Database database;
  private final List<String> ids;
  private final String nextPageToken;
  private List<Run> part;
  private int given;
  private int read;
  private long bytes;

  private RunParts(Database database, SearchPage<String> found, List<Run> first) {
    this.database = database;
    this.ids = found.items();
    this.nextPageToken = found.nextPageToken();
    this.part = first;
    this.read = Math.min(FIRST, ids.size());
  }

  /// @param search gives the ids of the runs; the first part belongs to the same state
  static RunParts of(
      Database database, HandleCallback<SearchPage<String>, RuntimeException> search) {
    return database.scan(
        handle -> {
          var found = search.withHandle(handle);
          var first = found.items().subList(0, Math.min(FIRST, found.items().size()));
          return new RunParts(database, found, RunReading.runs(handle, first));
        });
  }

  @Override
  public boolean hasNext() {
    return given < ids.size();
  }

  @Override
  public List<Run> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (given == read) {
      readOn();
    }
    given = read;
    bytes = OVERHEAD * part.stream().mapToLong(RunParts::text).sum();
    return part;
  }

  private void readOn() {
    var each = Math.max(1, bytes / OVERHEAD / Math.max(1, part.size()));
    var count = Math.clamp(TEXT / each, 1, MOST);
    var some = ids.subList(read, Math.min(ids.size(), read + count));
    part = database.read(handle -> RunReading.runs(handle, some));
    read += some.size();
  }

  private static long text(Run run) {
    var inputs =
        run.inputs().stream()
            .map(input -> input.dataset())
            .mapToLong(
                data ->
                    length(data.source()) + length(data.schema()) + length(data.profile()) + 200)
            .sum();
    return 500 + 100L * run.metrics().size() + text(run.params()) + text(run.tags()) + inputs;
  }

  private static long text(Map<String, String> pairs) {
    var text = 0L;
    for (var pair : pairs.entrySet()) {
      text += 50 + pair.getKey().length() + pair.getValue().length();
    }
    return text;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  @Override
  public String nextPageToken() {
    return nextPageToken;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
