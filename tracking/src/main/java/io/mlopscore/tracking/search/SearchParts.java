package io.mlopscore.tracking.search;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/// A page that is read a part at a time, so that it need not fit into memory.
public interface SearchParts<T> extends Iterator<List<T>> {
  /// Asks for the page that follows; empty on the last. Known when all parts are read.
  String nextPageToken();

  /// About how much memory the last part takes; 0 if it is not worth counting.
  default long bytes() {
    return 0;
  }

  /// A page as its only part.
  static <T> SearchParts<T> of(SearchPage<T> page) {
    return new Pages<>(1, _ -> page, SearchQuery.first("", Math.max(1, page.items().size())));
  }

  /// What belongs to each of some keys, as a part of its own.
  static <K, T> SearchParts<T> each(List<K> keys, Function<K, List<T>> read) {
    return new PartOfEach<>(keys.iterator(), read);
  }

  /// A large page as several small ones.
  ///
  /// @param query for all of it
  /// @param atOnce the size of a part
  static <T> SearchParts<T> of(
      SearchQuery query, int atOnce, Function<SearchQuery, SearchPage<T>> page) {
    return new Pages<>(atOnce, page, query);
  }
}
