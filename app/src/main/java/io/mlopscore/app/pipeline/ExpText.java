package io.mlopscore.app.pipeline;

import java.util.List;

/// Wording that the commands of experiments share.
final class ExpText {
  private ExpText() {}

  /// `'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`.
  static String enumerated(List<String> names) {
    return joined(names.stream().map(name -> "'" + name + "'").toList());
  }

  /// The same without quotes.
  static String joined(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
