package io.mlopscore.tracking.search;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/// One part a key; there is no other page.
record PartOfEach<K, T>(Iterator<K> keys, Function<K, List<T>> read) implements SearchParts<T> {
  @Override
  public boolean hasNext() {
    return keys.hasNext();
  }

  @Override
  public List<T> next() {
    return read.apply(keys.next());
  }

  @Override
  public String nextPageToken() {
    return "";
  }
}
