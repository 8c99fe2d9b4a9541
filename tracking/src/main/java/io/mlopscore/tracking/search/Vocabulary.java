package io.mlopscore.tracking.search;

import static io.mlopscore.tracking.search.FilterParser.refused;

import io.mlopscore.tracking.search.Field.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The words that a search of one kind of entity understands.
///
/// @param kinds by the word before the dot
/// @param attributes by name
/// @param aliases other names of attributes
/// @param operators of everything that is no attribute
/// @param presence of what IS [NOT] NULL may be asked
/// @param orders what results may be sorted by, beside attributes
public record Vocabulary(
    Map<String, Kind> kinds,
    Map<String, Attribute> attributes,
    Map<String, String> aliases,
    Map<Kind, Set<Operator>> operators,
    Set<Kind> presence,
    Set<Kind> orders) {
  private static final Set<String> DATASET_KEYS = Set.of("name", "digest", "context");
  private static final String OWN = "attributes."; // of spans
  private static final Set<String> SPAN_KEYS = Set.of("name", "type", "status", "content");

  public Vocabulary {
    kinds = Map.copyOf(kinds);
    attributes = Map.copyOf(attributes);
    aliases = Map.copyOf(aliases);
    operators = Map.copyOf(operators);
    presence = Set.copyOf(presence);
    orders = Set.copyOf(orders);
  }

  /// The field that a name in a filter means.
  Field field(String name) {
    var field = resolve(name);
    if (field.kind() == Kind.ATTRIBUTE
        && (!attributes.containsKey(field.key())
            || attributes.get(field.key()).operators().isEmpty())) {
      throw unknownAttribute(field.key(), false);
    }
    if (field.kind() == Kind.DATASET && !DATASET_KEYS.contains(field.key())) {
      throw refused(
          "Invalid dataset key '"
              + field.key()
              + "' specified. Valid keys are '"
              + DATASET_KEYS
              + "'");
    }
    if (field.kind() == Kind.SPAN && !isOfSpan(field.key())) {
      throw refused(
          "Invalid span attribute '"
              + field.key()
              + "'. Supported attributes: name, status, type, attributes.<attribute_name>.");
    }
    if (field.kind() == Kind.ISSUE && !field.key().equals("id")) {
      throw refused("Invalid issue attribute '" + field.key() + "'. Supported attributes: id");
    }
    return field;
  }

  private static boolean isOfSpan(String key) {
    return SPAN_KEYS.contains(key) || (key.startsWith(OWN) && key.length() > OWN.length());
  }

  /// The field that a name in an order means.
  Field orderable(String name) {
    var field = resolve(name);
    if (field.kind() == Kind.ATTRIBUTE) {
      if (!attributes.containsKey(field.key()) || !attributes.get(field.key()).orderable()) {
        throw unknownAttribute(field.key(), true);
      }
    } else if (!orders.contains(field.kind())) {
      throw refused("Invalid order_by entity: " + field.kind().word());
    }
    return field;
  }

  private Field resolve(String name) {
    var dot = name.indexOf('.');
    if (dot < 0) {
      return attribute(unquoted(name));
    }
    var word = unquoted(name.substring(0, dot), '`');
    var kind = kinds.get(word);
    if (kind == null) {
      throw refused(
          "Invalid entity type '" + word + "'. Valid values are " + List.copyOf(sortedKinds()));
    }
    var key = unquoted(name.substring(dot + 1));
    return switch (kind) {
      case ATTRIBUTE -> attribute(key);
      case SPAN -> new Field(kind, ofSpan(key));
      case METRIC, PARAM, TAG, DATASET, METADATA, FEEDBACK, EXPECTATION, ISSUE ->
          new Field(kind, key);
    };
  }

  /// The name of an attribute may be quoted apart.
  private static String ofSpan(String key) {
    return key.startsWith(OWN) ? OWN + unquoted(key.substring(OWN.length())) : key;
  }

  private Set<String> sortedKinds() {
    return new TreeMap<>(kinds).keySet();
  }

  private Field attribute(String key) {
    return new Field(Kind.ATTRIBUTE, aliases.getOrDefault(key, key));
  }

  static String unquoted(String text) {
    return unquoted(unquoted(unquoted(text, '\''), '"'), '`');
  }

  private static String unquoted(String text, char quote) {
    return text.length() >= 2 && text.charAt(0) == quote && text.charAt(text.length() - 1) == quote
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private RuntimeException unknownAttribute(String key, boolean order) {
    var known =
        attributes.values().stream()
            .filter(attribute -> order ? attribute.orderable() : !attribute.operators().isEmpty())
            .map(Attribute::name)
            .sorted()
            .toList();
    return refused("Invalid attribute key '" + key + "' specified. Valid keys are '" + known + "'");
  }

  Filter presence(String name, boolean present) {
    var field = field(name);
    if (!presence.contains(field.kind())) {
      throw refused(
          "IS NULL / IS NOT NULL is only supported for tags and params, not for '"
              + field.kind().word()
              + "' '"
              + field.key()
              + "'");
    }
    return new Filter.Presence(field, present);
  }

  Operator operator(Field field, String symbol) {
    var allowed = operators(field);
    return Operator.of(symbol)
        .filter(allowed::contains)
        .orElseThrow(
            () ->
                refused(
                    "Invalid comparator '"
                        + symbol
                        + "' not one of '"
                        + allowed.stream().map(Operator::symbol).toList()
                        + "'"));
  }

  private Set<Operator> operators(Field field) {
    var attribute = attributes.get(field.key());
    return field.kind() == Kind.ATTRIBUTE && attribute != null
        ? attribute.operators()
        : operators.getOrDefault(field.kind(), Set.of());
  }

  /// The value of a comparison, if it is of the type that the field has.
  ///
  /// @param tokens one, or the texts of a list
  Value value(Field field, String symbol, boolean list, List<Token> tokens) {
    var first = tokens.getFirst();
    if (list != symbol.endsWith("IN")) {
      throw refused(
          list
              ? "Only IN and NOT IN compare with a list of quoted string values."
              : "Expected a non-empty list of string values after "
                  + symbol
                  + ". Got value "
                  + first.text());
    }
    if (isNumeric(field) || (isAssessment(field) && "<>".contains(symbol.substring(0, 1)))) {
      return number(field, first);
    }
    for (var token : tokens) {
      if (!token.isText()) {
        throw notText(field, token);
      }
    }
    return list
        ? new Value.Texts(tokens.stream().map(Token::withoutQuotes).toList())
        : new Value.Text(first.withoutQuotes());
  }

  /// Whether a field is compared with numbers.
  public boolean isNumeric(Field field) {
    return switch (field.kind()) {
      case METRIC -> true;
      case PARAM, TAG, DATASET, METADATA, SPAN, FEEDBACK, EXPECTATION, ISSUE -> false;
      case ATTRIBUTE -> {
        var attribute = attributes.get(field.key());
        yield attribute != null && attribute.numeric();
      }
    };
  }

  /// Assessments are compared with numbers by order, and with texts by all else.
  private static boolean isAssessment(Field field) {
    return field.kind() == Kind.FEEDBACK || field.kind() == Kind.EXPECTATION;
  }

  private Value number(Field field, Token token) {
    if (token.type() != Token.Type.NUMBER) {
      throw refused(
          field.kind() == Kind.METRIC
              ? "Expected numeric value type for metric. Found " + token.text()
              : "Expected numeric value type for numeric attribute: "
                  + field.key()
                  + ". Found "
                  + token.text());
    }
    var attribute = attributes.get(field.key());
    if (field.kind() == Kind.ATTRIBUTE
        && attribute != null
        && attribute.whole()
        && !token.text().matches("-?[0-9]+")) {
      throw refused(
          "Invalid value for numeric attribute '" + field.key() + "': '" + token.text() + "'");
    }
    return new Value.Numeric(Double.parseDouble(token.text()));
  }

  private static RuntimeException notText(Field field, Token token) {
    return refused(
        token.type() == Token.Type.NAME
            ? "Parameter value is either not quoted or unidentified quote types used for string"
                + " value "
                + token.text()
                + ". Use either single or double quotes."
            : "Expected a quoted string value for "
                + field.kind().word()
                + " (e.g. 'my-value'). Got value "
                + token.text());
  }
}
