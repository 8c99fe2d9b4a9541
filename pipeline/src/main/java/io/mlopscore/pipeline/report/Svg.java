package io.mlopscore.pipeline.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A drawing in SVG 1.1, on white so that it can be read on pages of any colour.
final class Svg {
  /// How large text is that has no size of its own.
  static final int TEXT = 13;

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;

  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /// @param anchor `start`, `middle` or `end`
  Svg text(double x, double y, String anchor, String color, String text) {
    body.append("<text x=\"%s\" y=\"%s\" ".formatted(number(x), number(y)))
        .append(
            "text-anchor=\"%s\" fill=\"%s\">%s</text>\n".formatted(anchor, color, escaped(text)));
    return this;
  }

  /// Text that is read from below.
  Svg upright(double x, double y, String color, String text) {
    body.append(
        "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), color, escaped(text)));
    return this;
  }

  Svg box(double x, double y, double width, double height, String fill, String title) {
    body.append("<rect x=\"%s\" y=\"%s\" ".formatted(number(x), number(y)))
        .append("width=\"%s\" height=\"%s\" ".formatted(number(width), number(height)))
        .append("fill=\"%s\" stroke=\"#fff\">".formatted(fill))
        .append("<title>%s</title></rect>\n".formatted(escaped(title)));
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, String color) {
    body.append("<line x1=\"%s\" y1=\"%s\" ".formatted(number(x1), number(y1)))
        .append("x2=\"%s\" y2=\"%s\" ".formatted(number(x2), number(y2)))
        .append("stroke=\"%s\"/>\n".formatted(color));
    return this;
  }

  /// @param points pairs, as `x,y x,y`
  /// @param dash as `stroke-dasharray` has it; empty for none
  Svg polyline(String points, String color, String dash) {
    body.append("<polyline points=\"%s\" fill=\"none\" ".formatted(points))
        .append("stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"".formatted(color))
        .append(dash.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dash))
        .append("/>\n");
    return this;
  }

  Svg dot(double x, double y, String color) {
    body.append("<circle cx=\"%s\" cy=\"%s\" ".formatted(number(x), number(y)))
        .append("r=\"3\" fill=\"%s\"/>\n".formatted(color));
    return this;
  }

  @Override
  public String toString() {
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\""
                + " viewBox=\"0 0 %s %s\" font-family=\"sans-serif\" font-size=\"%d\">\n")
            .formatted(number(width), number(height), number(width), number(height), TEXT)
        + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        + body
        + "</svg>\n";
  }

  /// Two digits after the point, which no eye tells apart.
  static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /// How wide a text is drawn, about: fonts differ.
  static double width(String text) {
    return text.codePointCount(0, text.length()) * TEXT * 0.6;
  }

  /// @param most how many characters may stay
  static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  /// Control characters are not allowed in XML at all.
  private static String escaped(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
