package io.mlopscore.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Metrics by names that a tracking server takes, whatever the columns and labels are called.
///
/// A column `width (cm)` and a label `<=50K` are fine in a table, but not in the name of a metric:
/// there they are `width _cm_` and `le_50K`. Where two names would become the same, the later ones
/// get a number, as has a label that is called as an average is. `metrics.json` has the names as
/// they are.
final class MetricNames {
  private static final int LONGEST = 250;
  private static final Pattern REFUSED = Pattern.compile("[^\\p{L}\\p{N}_.\\- :/]");

  /// Parts of a path that do not name anything.
  private static final Pattern NO_PATH = Pattern.compile("(^|/)\\.{0,2}(/|$)");

  /// Labels often differ in these alone, such as `<=50K` and `>50K`.
  private static final Map<String, String> COMPARISONS =
      Map.of("<=", "le_", ">=", "ge_", "<", "lt_", ">", "gt_");

  private static final Pattern COMPARISON = Pattern.compile("[<>]=?");

  private MetricNames() {}

  /// The metrics of columns or labels after others whose names are ours, none lost.
  static Map<String, Double> accepted(Map<String, Double> ours, Map<String, Double> metrics) {
    var accepted = new LinkedHashMap<>(ours);
    // A name that needs no change keeps it, even if another one that does comes first.
    metrics.forEach((name, value) -> accepted.put(free(name, ours, metrics, accepted), value));
    return Collections.unmodifiableMap(accepted);
  }

  private static String free(
      String name,
      Map<String, Double> ours,
      Map<String, Double> wanted,
      Map<String, Double> taken) {
    var plain = plain(name, LONGEST);
    if (plain.equals(name) && !ours.containsKey(name)) {
      return name;
    }
    var free = plain;
    for (var number = 2; wanted.containsKey(free) || taken.containsKey(free); number++) {
      var suffix = "_" + number;
      free = plain(name, LONGEST - suffix.length()) + suffix;
    }
    return free;
  }

  private static String plain(String name, int longest) {
    var spelled =
        COMPARISON.matcher(name).replaceAll(sign -> COMPARISONS.getOrDefault(sign.group(), "_"));
    var cut = spelled.length() > longest ? spelled.substring(0, longest) : spelled;
    var plain = REFUSED.matcher(cut).replaceAll("_");
    return NO_PATH.matcher(plain).find() ? plain.replace('/', '_') : plain;
  }
}
