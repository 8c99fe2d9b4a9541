package io.mlopscore.tracking.search;

import static io.mlopscore.tracking.search.FilterParser.refused;

import java.util.Arrays;
import java.util.List;

/// A condition of a question for metrics of traces, such as `trace.tag.env = 'dev'`.
///
/// @param key of a tag or metadata; empty for all else
public record MetricsFilter(Of of, String key, String value) {
  /// What is compared.
  public enum Of {
    TRACE_STATUS("trace.status", false),
    TRACE_TAG("trace.tag", true),
    TRACE_METADATA("trace.metadata", true),
    SPAN_NAME("span.name", false),
    SPAN_STATUS("span.status", false),
    SPAN_TYPE("span.type", false),
    ASSESSMENT_NAME("assessment.name", false),
    ASSESSMENT_TYPE("assessment.type", false);

    private final String name;
    private final boolean hasKey;

    Of(String name, boolean hasKey) {
      this.name = name;
      this.hasKey = hasKey;
    }

    private boolean is(String text) {
      return hasKey ? text.startsWith(name + ".") : text.equals(name);
    }
  }

  /// @throws io.mlopscore.tracking.TrackingException with INVALID_PARAMETER_VALUE if it is none
  public static MetricsFilter parse(String text) {
    var tokens = text.indexOf('\0') >= 0 ? List.<Token>of() : Tokenizer.tokens(text);
    if (tokens.size() != 3
        || tokens.getFirst().type() != Token.Type.NAME
        || !tokens.get(1).text().equals("=")
        || !tokens.getLast().isText()) {
      throw refused("Invalid filter: '" + text + "'. Expected one clause: name = 'value'.");
    }
    var name = tokens.getFirst().text();
    return Arrays.stream(Of.values())
        .filter(of -> of.is(name))
        .findFirst()
        .map(of -> new MetricsFilter(of, key(of, name), tokens.getLast().withoutQuotes()))
        .orElseThrow(
            () ->
                refused(
                    "Invalid identifier '"
                        + name
                        + "'. Valid ones are "
                        + Arrays.stream(Of.values()).map(MetricsFilter::shown).toList()));
  }

  private static String shown(Of of) {
    return of.hasKey ? of.name + ".<key>" : of.name;
  }

  private static String key(Of of, String name) {
    return of.hasKey ? Vocabulary.unquoted(name.substring(of.name.length() + 1)) : "";
  }
}
