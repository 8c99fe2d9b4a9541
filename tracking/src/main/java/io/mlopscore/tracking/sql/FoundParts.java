package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchParts;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// What a search found, a few at a time: as many as are about a megabyte of text. Each part is one
/// state of the database; what is removed meanwhile is left out.
final class FoundParts<T> implements SearchParts<T> {
  /// Before anything is known of their size.
  private static final int FIRST = 25;

  private static final int MOST = 500;
  private static final long TEXT = 1 << 20;

  /// A character more or less, and what the objects around take.
  private static final int OVERHEAD = 3;

  private final Database database;
  private final Kind<T> kind;
  private final List<String> ids;
  private final String nextPageToken;
  private List<T> part;
  private int given;
  private int read;
  private long bytes;

  /// @param read gives those of some ids that are there
  /// @param text about how many characters one is
  record Kind<T>(BiFunction<Handle, List<String>, List<T>> read, ToLongFunction<T> text) {}

  private FoundParts(Database database, Kind<T> kind, SearchPage<String> found, List<T> first) {
    this.database = database;
    this.kind = kind;
    this.ids = found.items();
    this.nextPageToken = found.nextPageToken();
    this.part = first;
    this.read = Math.min(FIRST, ids.size());
  }

  /// @param search gives the ids; the first part belongs to the same state
  static <T> FoundParts<T> of(
      Database database,
      Kind<T> kind,
      HandleCallback<SearchPage<String>, RuntimeException> search) {
    return database.scan(
        handle -> {
          var found = search.withHandle(handle);
          var first = found.items().subList(0, Math.min(FIRST, found.items().size()));
          return new FoundParts<>(database, kind, found, kind.read().apply(handle, first));
        });
  }

  @Override
  public boolean hasNext() {
    return given < ids.size();
  }

  @Override
  public List<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (given == read) {
      readOn();
    }
    given = read;
    bytes = OVERHEAD * part.stream().mapToLong(kind.text()).sum();
    return part;
  }

  private void readOn() {
    var each = Math.max(1, bytes / OVERHEAD / Math.max(1, part.size()));
    var count = Math.clamp(TEXT / each, 1, MOST);
    var some = ids.subList(read, Math.min(ids.size(), read + count));
    part = database.read(handle -> kind.read().apply(handle, some));
    read += some.size();
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
