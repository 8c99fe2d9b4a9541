package io.mlopscore.console;

import java.util.List;

/// Registered models, or prompts.
///
/// @param prompts whether they are prompts
/// @param firstHref the first page; empty on it
/// @param nextHref the page that follows; empty on the last
record ModelsPage(
    boolean prompts, NameSearch search, List<ModelRow> rows, String firstHref, String nextHref)
    implements Page {
  ModelsPage {
    rows = List.copyOf(rows);
  }
}
