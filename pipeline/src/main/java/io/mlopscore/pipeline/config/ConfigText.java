package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// How values are written in the files: plain, or in quotes where that would be misread.
final class ConfigText {
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*(?:\"\"\".*?\"\"\"|'''.*?'''|\"[^\"]*\"|'[^']*'|[^'\",#\\s](?:[^,#]*[^,#\\s])?)\\s*");

  /// @param text the value; items of a list are joined by commas
  /// @param isList whether it stood as a list, which is only right where a list is wanted
  /// @param length how many characters it takes in the line
  record Read(String text, boolean isList, int length) {}

  private ConfigText() {}

  /// Reads what follows the equals sign; a comment may come after it.
  ///
  /// @throws ConfigException when it is neither a value nor values with commas between
  static Read read(String line, String where) {
    var items = new ArrayList<String>();
    boolean comma = false;
    int at = 0;
    int end = 0;
    while (true) {
      var item = ITEM.matcher(line).region(at, line.length());
      if (!item.lookingAt()) {
        break;
      }
      items.add(unquote(item.group().strip()));
      end = line.substring(0, item.end()).stripTrailing().length();
      at = item.end();
      if (at == line.length() || line.charAt(at) != ',') {
        break;
      }
      comma = true;
      at++;
      end = at;
    }
    var rest = line.substring(at).strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw new ConfigException(where + ": the value cannot be read; put it in quotes");
    }
    return new Read(String.join(",", items), comma, end);
  }

  private static String unquote(String item) {
    boolean triple = item.startsWith("\"\"\"") || item.startsWith("'''");
    boolean quoted = item.startsWith("\"") || item.startsWith("'");
    int quotes = triple ? 3 : quoted ? 1 : 0;
    return item.substring(quotes, item.length() - quotes);
  }

  /// As `dvc` writes a value.
  ///
  /// @throws ConfigException when no kind of quotes holds it
  static String quote(String value) {
    if (value.isEmpty()) {
      return "\"\"";
    }
    boolean singles = value.contains("'");
    boolean doubles = value.contains("\"");
    if (value.contains("\n") || value.contains("\"\"\"")) {
      throw new ConfigException(
          "%s: a value must be one line, without three quotes in a row".formatted(value));
    }
    if (singles && doubles) {
      return "\"\"\"" + value + "\"\"\"";
    }
    boolean plain =
        " \r\n\u000b\t'\"".indexOf(value.charAt(0)) < 0
            && " \r\n\u000b\t'\"".indexOf(value.charAt(value.length() - 1)) < 0
            && !value.contains(",")
            && !value.contains("#");
    if (plain) {
      return value;
    }
    return doubles ? "'" + value + "'" : "\"" + value + "\"";
  }
}
