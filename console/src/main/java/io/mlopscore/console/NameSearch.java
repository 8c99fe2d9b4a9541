package io.mlopscore.console;

import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.Vocabulary;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A search box that takes a part of a name, or a filter in MLflow's language.
///
/// @param text as it was typed
/// @param filter what it means
/// @param problem what is wrong with it; null if nothing is
record NameSearch(String text, String filter, @Nullable Problem problem) {
  private static final Pattern COMPARES =
      Pattern.compile("[=<>]|\\b(?:I?LIKE|IN|IS)\\b", Pattern.CASE_INSENSITIVE);

  static NameSearch of(String typed, Vocabulary vocabulary) {
    var text = typed.strip();
    var filter = text.isEmpty() || COMPARES.matcher(text).find() ? text : named(text);
    var problem = filter.isEmpty() ? Optional.<Problem>empty() : problem(filter, vocabulary);
    return new NameSearch(text, filter, problem.orElse(null));
  }

  static Optional<Problem> problem(String filter, Vocabulary vocabulary) {
    return FilterParser.problem(filter, vocabulary).map(found -> Problem.of(filter, found));
  }

  /// MLflow knows no escape, but two kinds of quotes.
  private static String named(String part) {
    var quote = part.contains("'") ? "\"" : "'";
    return "name ILIKE " + quote + "%" + part + "%" + quote;
  }
}
