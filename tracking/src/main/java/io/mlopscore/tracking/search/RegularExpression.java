package io.mlopscore.tracking.search;

import static io.mlopscore.tracking.search.FilterParser.refused;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A pattern of RLIKE. It looks neither ahead, behind nor back, so that no search takes longer than
/// its texts are long, whatever a caller asks for.
public final class RegularExpression {
  private static final int LONGEST = 1000;

  private final Pattern pattern;

  /// @throws io.mlopscore.tracking.TrackingException as [#require]
  public RegularExpression(String text) {
    if (text.length() > LONGEST) {
      throw refused("A regular expression has at most " + LONGEST + " characters.");
    }
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw refused(
          "Invalid regular expression '"
              + text
              + "': "
              + e.getDescription()
              + ". Look-arounds and references back are not served.");
    }
  }

  /// @throws io.mlopscore.tracking.TrackingException with INVALID_PARAMETER_VALUE if it is none
  static void require(String text) {
    var unused = new RegularExpression(text);
  }

  /// Whether a part of the text matches.
  public boolean isIn(String text) {
    return pattern.matcher(text).find();
  }
}
