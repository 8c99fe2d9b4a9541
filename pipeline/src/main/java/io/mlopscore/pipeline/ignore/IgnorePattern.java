package io.mlopscore.pipeline.ignore;

import io.mlopscore.pipeline.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A line of a `.dvcignore`, compiled.
///
/// @param source what `check-ignore --details` prints: file, line and the line itself
/// @param negated whether it takes paths back in
/// @param directoryOnly whether it speaks of directories only
/// @param needed text without which a path cannot match, so that most need no regular expression
public record IgnorePattern(
    String source, boolean negated, boolean directoryOnly, Pattern regex, String needed) {
  /// @param text the line, relative to the root of the repository
  /// @return empty for a line that matches nothing
  static Optional<IgnorePattern> of(String text, String source) {
    if (text.equals("/") || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = text.startsWith("!");
    var pattern = negated ? text.substring(1) : text;
    try {
      var regex = Pattern.compile(regex(pattern), Pattern.UNIX_LINES);
      return Optional.of(
          new IgnorePattern(source, negated, text.endsWith("/"), regex, longestName(pattern)));
    } catch (PatternSyntaxException e) {
      throw new PipelineException(
          "%s: the pattern is wrong: %s".formatted(source, e.getDescription()), e);
    } catch (Glob.Malformed e) {
      throw new PipelineException(
          "%s: the pattern is wrong: %s".formatted(source, e.getMessage()), e);
    }
  }

  /// As pathspec's: a name also matches whatever is below it; `**/` and `*/` match nothing, since
  /// no relative path begins with a slash.
  private static String regex(String pattern) throws Glob.Malformed {
    var segments = Glob.segments(pattern);
    boolean anything =
        segments.equals(List.of("**"))
            || segments.equals(List.of("**", "*"))
            || segments.equals(List.of("**", "*", "**"));
    if (anything) {
      return pattern.endsWith("/") ? "/" : ".";
    }
    return Glob.regex(segments, "/", "(?:/|$)");
  }

  /// The longest run of characters that stand for themselves.
  private static String longestName(String pattern) {
    var longest = "";
    if (pattern.indexOf('[') < 0 && pattern.indexOf('\\') < 0) {
      for (var run : pattern.split("[*?/]+", -1)) {
        longest = run.length() > longest.length() ? run : longest;
      }
    }
    return longest;
  }

  /// @param path relative to the root; a directory may end with a slash
  boolean matches(String path) {
    return path.contains(needed) && regex.matcher(path).lookingAt();
  }
}
