package io.mlopscore.deploy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A `.dockerignore`: the last line that matches a path, or a folder above it, decides.
record Ignored(List<Line> lines) {

  /// @param keeps whether it takes back what a line before it left out
  private record Line(Pattern pattern, boolean keeps) {
    static Line of(String text) {
      var keeps = text.startsWith("!");
      return new Line(Pattern.compile(expression(keeps ? text.substring(1) : text)), keeps);
    }

    private static String expression(String glob) {
      var any = glob.replace(".", "\\.").replace("**/", "<folders>").replace("**", "<all>");
      var one = any.replace("*", "[^/]*").replace("?", "[^/]");
      return one.replace("<folders>", "(.*/)?").replace("<all>", ".*") + "(/.*)?";
    }
  }

  static Ignored read(Path file) throws IOException {
    var lines = Files.readAllLines(file).stream().map(String::strip);
    return new Ignored(
        lines.filter(line -> !line.isEmpty() && !line.startsWith("#")).map(Line::of).toList());
  }

  boolean leavesOut(String path) {
    var leftOut = false;
    for (var line : lines) {
      if (line.pattern().matcher(path).matches()) {
        leftOut = !line.keeps();
      }
    }
    return leftOut;
  }
}
