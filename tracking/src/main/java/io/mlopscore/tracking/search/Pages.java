package io.mlopscore.tracking.search;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/// One page after the other, until there are as many items as were asked for.
final class Pages<T> implements SearchParts<T> {
  private final int atOnce;
  private final Function<SearchQuery, SearchPage<T>> page;
  private final SearchQuery query;
  private String token;
  private int left;
  private boolean more = true;

  Pages(int atOnce, Function<SearchQuery, SearchPage<T>> page, SearchQuery query) {
    this.atOnce = atOnce;
    this.page = page;
    this.query = query;
    this.token = query.pageToken();
    this.left = query.maxResults();
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public List<T> next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    var part = page.apply(query.after(token).atMost(Math.min(atOnce, left)));
    token = part.nextPageToken();
    left -= Math.max(1, part.items().size());
    more = !token.isEmpty() && left > 0;
    return part.items();
  }

  @Override
  public String nextPageToken() {
    return token;
  }
}
