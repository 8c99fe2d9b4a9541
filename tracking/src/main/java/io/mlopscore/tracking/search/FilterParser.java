package io.mlopscore.tracking.search;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads filters.
///
/// As in MLflow, AND between clauses may be left out, and keywords may have any case. Beyond MLflow
/// there are OR (which binds less than AND), NOT, and parentheses.
public final class FilterParser {
  private static final int DEEPEST = 50;
  private static final int MOST_CLAUSES = 200;
  private static final int MOST_LISTED = 5000;
  private static final Token END = new Token(Token.Type.OTHER, "", 0);

  private final Vocabulary vocabulary;
  private final List<Token> tokens;
  private int position;
  private int clause;
  private int depth;
  private int clauses;

  private FilterParser(Vocabulary vocabulary, List<Token> tokens) {
    this.vocabulary = vocabulary;
    this.tokens = tokens;
  }

  /// @throws TrackingException with INVALID_PARAMETER_VALUE if the text is no filter
  public static Filter parse(String text, Vocabulary vocabulary) {
    if (text.isEmpty()) {
      return Filter.all();
    }
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw refused("Invalid filter '" + text + "'. Could not be parsed.");
    }
    return new FilterParser(vocabulary, Tokenizer.tokens(text)).whole();
  }

  private Filter whole() {
    var filter = or();
    if (!atEnd()) {
      clause = position;
      throw invalid(position);
    }
    return filter;
  }

  /// What is wrong with a filter, and where, for somebody who looks at it; empty if it is one.
  public static Optional<FilterProblem> problem(String text, Vocabulary vocabulary) {
    var parser = new FilterParser(vocabulary, Tokenizer.tokens(text));
    try {
      var _ = text.isBlank() || text.indexOf('\0') >= 0 ? parse(text, vocabulary) : parser.whole();
      return Optional.empty();
    } catch (TrackingException e) {
      return Optional.of(parser.problem(text, String.valueOf(e.getMessage())));
    }
  }

  /// From the beginning of a clause to the word at which it could not be understood.
  private FilterProblem problem(String text, String message) {
    if (clause >= tokens.size()) {
      return new FilterProblem(message, text.length(), text.length());
    }
    var last = Math.clamp(position - 1, clause, tokens.size() - 1);
    return new FilterProblem(message, tokens.get(clause).start(), tokens.get(last).end());
  }

  private Filter or() {
    var parts = new ArrayList<Filter>();
    parts.add(and());
    while (peek().is("OR")) {
      var word = position++;
      parts.add(and());
      if (parts.contains(Filter.all())) {
        clause = word;
        throw invalid(word); // nothing on one side
      }
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
  }

  private Filter and() {
    var parts = new ArrayList<Filter>();
    skipAnd();
    while (!atEnd() && !peek().is("OR") && peek().type() != Token.Type.CLOSE) {
      parts.add(not());
      skipAnd();
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
  }

  private void skipAnd() {
    while (peek().is("AND")) {
      position++;
    }
  }

  private Filter not() {
    if (!peek().is("NOT")) {
      return group();
    }
    position++;
    return nested(() -> new Filter.Not(not()));
  }

  private Filter group() {
    if (peek().type() != Token.Type.OPEN) {
      return clause();
    }
    var open = position++;
    var inside = nested(this::or);
    if (peek().type() != Token.Type.CLOSE || inside.equals(Filter.all())) {
      clause = open;
      throw invalid(open);
    }
    position++;
    return inside;
  }

  private Filter nested(Supplier<Filter> inside) {
    if (++depth > DEEPEST) {
      throw refused("Invalid filter: nested deeper than " + DEEPEST + " levels.");
    }
    var filter = inside.get();
    depth--;
    return filter;
  }

  private Filter clause() {
    if (++clauses > MOST_CLAUSES) {
      throw refused("Invalid filter: more than " + MOST_CLAUSES + " clauses.");
    }
    var start = position;
    clause = start;
    var name = take();
    if (name.type() != Token.Type.NAME || isKeyword(name)) {
      throw invalid(start);
    }
    return peek().is("IS") ? presence(name, start) : comparison(name, start);
  }

  private static boolean isKeyword(Token token) {
    return token.is("IN") || token.is("LIKE") || token.is("ILIKE") || token.is("IS");
  }

  private Filter presence(Token name, int start) {
    position++;
    var present = peek().is("NOT");
    if (present) {
      position++;
    }
    if (!take().is("NULL")) {
      throw invalid(start);
    }
    return vocabulary.presence(name.text(), present);
  }

  private Filter comparison(Token name, int start) {
    var symbol = symbol(start);
    var field = vocabulary.field(name.text());
    var list = peek().type() == Token.Type.OPEN;
    var values = list ? list() : List.of(take());
    if (values.contains(END)) {
      throw invalid(start);
    }
    var comparison =
        new Filter.Comparison(
            field,
            vocabulary.operator(field, symbol),
            vocabulary.value(field, symbol, list, values));
    if (comparison.value() instanceof Value.Text(var pattern)
        && comparison.operator() == Operator.RLIKE) {
      RegularExpression.require(pattern);
    }
    return comparison;
  }

  private String symbol(int start) {
    var token = take();
    if (token.is("NOT") && isKeyword(peek())) {
      return "NOT " + take().upper();
    }
    if (token.type() == Token.Type.COMPARATOR || isKeyword(token) || token.is("RLIKE")) {
      return token.upper();
    }
    throw invalid(start);
  }

  private List<Token> list() {
    position++;
    var texts = new ArrayList<Token>();
    do {
      if (!peek().isText()) {
        break;
      }
      texts.add(take());
    } while (peek().type() == Token.Type.COMMA && position++ >= 0);
    if (take().type() != Token.Type.CLOSE || texts.isEmpty() || texts.size() > MOST_LISTED) {
      throw refused(
          "While parsing a list in the query, expected a non-empty list of at most "
              + MOST_LISTED
              + " string values, but got ill-formed list.");
    }
    return texts;
  }

  private boolean atEnd() {
    return position >= tokens.size();
  }

  private Token peek() {
    return atEnd() ? END : tokens.get(position);
  }

  private Token take() {
    var token = peek();
    position++;
    return token;
  }

  /// Names the tokens from one on, up to where the next clause may begin.
  private TrackingException invalid(int start) {
    var clause =
        tokens.subList(Math.min(start, tokens.size() - 1), tokens.size()).stream()
            .takeWhile(token -> !token.is("AND"))
            .map(token -> "'" + token.text() + "'")
            .collect(Collectors.joining(", "));
    return refused("Invalid clause(s) in filter string: " + clause);
  }

  static TrackingException refused(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  /// Reads one key of an order, such as ``metrics.`a b` DESC``.
  ///
  /// @throws TrackingException with INVALID_PARAMETER_VALUE if the text is no order
  public static OrderBy order(String text, Vocabulary vocabulary) {
    var tokens = Tokenizer.tokens(text);
    if (tokens.isEmpty()
        || tokens.size() > 2
        || text.indexOf('\0') >= 0
        || tokens.stream().anyMatch(token -> token.type() != Token.Type.NAME)) {
      throw refused("Invalid order_by clause '" + text + "'. Could not be parsed.");
    }
    var direction = tokens.size() == 1 ? Optional.of(true) : direction(tokens.getLast());
    return new OrderBy(
        vocabulary.orderable(tokens.getFirst().text()),
        direction.orElseThrow(
            () -> refused("Invalid ordering key in order_by clause '" + text + "'.")));
  }

  private static Optional<Boolean> direction(Token token) {
    return token.is("ASC")
        ? Optional.of(true)
        : token.is("DESC") ? Optional.of(false) : Optional.empty();
  }

  /// Reads the keys of an order; a field may be named once.
  public static List<OrderBy> orders(List<String> texts, Vocabulary vocabulary) {
    var orders = texts.stream().map(text -> order(text, vocabulary)).toList();
    if (orders.stream().map(OrderBy::field).distinct().count() < orders.size()) {
      throw refused("`order_by` contains duplicate fields: " + texts);
    }
    return orders;
  }
}
