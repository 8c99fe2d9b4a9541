package io.mlopscore.tracking.search;

import java.util.List;

/// One page of what a search found.
///
/// @param nextPageToken asks for the page that follows; empty on the last
public record SearchPage<T>(List<T> items, String nextPageToken) {
  public SearchPage {
    items = List.copyOf(items);
  }
}
