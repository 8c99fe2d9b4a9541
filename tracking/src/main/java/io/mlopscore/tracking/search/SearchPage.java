package io.mlopscore.tracking.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// One page of what a search found.
///
/// @param items must not change afterwards: they may be too many to be copied
/// @param nextPageToken asks for the page that follows; empty on the last
public record SearchPage<T>(List<T> items, String nextPageToken) {
  public SearchPage {
    items = Collections.unmodifiableList(items);
  }

  /// Cuts off what was looked for only to know whether more follows.
  ///
  /// @param found as many as a page holds, and one more if there are more
  /// @param last the token that goes on after the page
  public static <T> SearchPage<T> of(List<T> found, int maxResults, String last) {
    return found.size() > maxResults
        ? new SearchPage<>(found.subList(0, maxResults), last)
        : new SearchPage<>(found, "");
  }

  /// Asks page after page until there are no more.
  ///
  /// @param page gives the page that a token asks for, with an empty one the first
  public static <T> List<T> all(Function<String, SearchPage<T>> page) {
    var items = new ArrayList<T>();
    var next = "";
    do {
      var found = page.apply(next);
      items.addAll(found.items());
      next = found.nextPageToken();
    } while (!next.isEmpty());
    return items;
  }

  /// The same page with other things in the place of its items.
  public <R> SearchPage<R> with(List<R> others) {
    return new SearchPage<>(others, nextPageToken);
  }
}
